package edu.cumc.aou.lambda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import edu.cumc.aou.sync.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses OURS = HouseRules.code("edu.cumc.aou.lambda");

  @Test
  void function_knowsNoSimulatorNoOtherRunnerAndNoInternals() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "edu.cumc.aou.simulator..",
            "edu.cumc.aou.cli..",
            "edu.cumc.aou.*.internal..",
            "java.sql..",
            "feign..",
            "com.google.inject..",
            "org.jdbi..")
        .because("it is a thin shell around the libraries")
        .check(OURS);
  }

  @Test
  void onlyWhatLambdaAndLogbackSee_isPublic() {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("SyncHandler")
        .and()
        .doNotHaveSimpleName("SyncFailedException")
        .and()
        .doNotHaveSimpleName("JsonLog")
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .notHaveModifier(JavaModifier.PUBLIC)
        .because("nobody else calls it")
        .check(OURS);
  }

  @Test
  void environmentAndSleep_areInSurroundingsOnly() {
    HouseRules.timeIsAskedOfAClock().check(OURS);
    HouseRules.clocksAreHandedIn(FunctionSurroundings.class.getName()).check(OURS);
    HouseRules.processIsLeftAlone(FunctionSurroundings.class.getName()).check(OURS);
  }

  @Test
  void everyPackage_isNullMarked() {
    HouseRules.packagesAreNullMarked().check(OURS);
  }

  @Test
  void allClasses_areFound() {
    assertThat(OURS.stream().map(JavaClass::getSimpleName))
        .contains("SyncHandler", "Order", "LambdaAnswer");
  }
}
