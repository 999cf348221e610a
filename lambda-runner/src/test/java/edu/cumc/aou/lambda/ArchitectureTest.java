package edu.cumc.aou.lambda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("edu.cumc.aou.lambda");

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
  void onlyWhatLambdaSees_isPublic() {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("SyncHandler")
        .and()
        .doNotHaveSimpleName("SyncFailedException")
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .notHaveModifier(JavaModifier.PUBLIC)
        .because("nobody else calls it")
        .check(OURS);
  }

  @Test
  void environmentAndSleep_areInSurroundingsOnly() {
    noClasses()
        .that()
        .areNotAssignableTo(Surroundings.class)
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .accessField(System.class, "out")
        .because("tests put something else in their place")
        .check(OURS);
  }

  @Test
  void allClasses_areFound() {
    assertThat(OURS.stream().map(JavaClass::getSimpleName))
        .contains("SyncHandler", "Order", "Answer");
  }
}
