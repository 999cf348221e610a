package edu.cumc.aou.mornings;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import edu.cumc.aou.sync.testing.HouseRules;
import org.junit.jupiter.api.Test;

/** The judge is a judge of its own. */
class MorningsArchitectureTest {

  private final JavaClasses classes =
      new ClassFileImporter().importPackages("edu.cumc.aou.mornings");

  @Test
  void judge_sharesNoCodeWithWhatItJudges() {
    noClasses()
        .that()
        .resideInAPackage("..mornings.judge..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "edu.cumc.aou.sync.mapping..",
            "edu.cumc.aou.sync.plan..",
            "edu.cumc.aou.sync.run..",
            "edu.cumc.aou.sync.adoption..",
            "edu.cumc.aou.salesforce..",
            "edu.cumc.aou.db..",
            "edu.cumc.aou.mornings.life..",
            "edu.cumc.aou.mornings.world..")
        .because("a judge that reads with the eyes of the accused sees nothing")
        .check(classes);
  }

  @Test
  void time_isTheWorlds() {
    HouseRules.timeIsAskedOfAClock().check(classes);
  }
}
