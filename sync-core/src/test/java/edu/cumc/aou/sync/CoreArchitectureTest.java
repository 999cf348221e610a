package edu.cumc.aou.sync;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import edu.cumc.aou.sync.testing.HouseRules;
import java.io.Serializable;
import org.junit.jupiter.api.Test;

class CoreArchitectureTest {

  private static final JavaClasses CORE = HouseRules.code("edu.cumc.aou.sync");

  private static void check(ArchRule rule) {
    rule.check(CORE);
  }

  @Test
  void core_importsNothingButTheJdkJspecifyConfigAndAHash() {
    check(
        classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "java..",
                "edu.cumc.aou.sync..",
                "org.jspecify..",
                "com.typesafe.config..",
                "com.dynatrace.hash4j..")
            .because("another module's library in the core would reach everybody"));
  }

  @Test
  void fingerprints_areOneClassesBusiness() {
    check(
        noClasses()
            .that()
            .doNotHaveSimpleName("SourceFingerprints")
            .and()
            .doNotHaveSimpleName("Columns")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.dynatrace.hash4j.."));
  }

  @Test
  void core_doesNoInputOrOutput() {
    check(
        noClasses()
            .that()
            .doNotHaveSimpleName("ConfigFile")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "java.io..",
                        "java.nio.file..",
                        "java.net.http..",
                        "java.sql..",
                        "javax.sql..")
                    .and(not(equivalentTo(Serializable.class))))
            .because(
                "the core is pure: the outside comes in through ports; both runners read one sort of file"));
  }

  @Test
  void core_hasNoClockSleepOrEnvironmentOfItsOwn() {
    check(HouseRules.timeIsAskedOfAClock());
    check(HouseRules.clocksAreHandedIn());
    check(HouseRules.processIsLeftAlone());
    check(
        noClasses()
            .should()
            .callMethod(System.class, "nanoTime")
            .because("what a step takes is measured by the clock that is handed in"));
  }

  @Test
  void packages_haveNoCycles() {
    check(slices().matching("edu.cumc.aou.sync.(*)..").should().beFreeOfCycles());
  }

  @Test
  void ports_doNotKnowWhoUsesThem() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "..sync.port..", "..sync.model..", "..sync.mapping..", "..sync.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..sync.plan..", "..sync.run.."));
  }

  @Test
  void theUseCase_isNobodysTool() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("edu.cumc.aou.sync")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("edu.cumc.aou.sync")
            .because("DailySync stands on top; what others share with it lies below"));
  }

  @Test
  void records_holdNothingThatCanBeChanged() {
    check(
        classes()
            .that()
            .areRecords()
            .should()
            .haveOnlyFinalFields()
            .because("what was planned must not change under way"));
  }

  @Test
  void everyPackage_declaresItsNulls() {
    check(HouseRules.packagesAreNullMarked());
  }

  @Test
  void import_findsTheCore() {
    assertThat(CORE.stream().filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC)).count())
        .isGreaterThan(50);
  }
}
