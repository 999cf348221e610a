package edu.cumc.aou.mornings;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import edu.cumc.aou.sync.testing.HouseRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  /** The laws; how the judge reads rows and records, and its tables, are not counted. */
  @Test
  void laws_areFewEnoughToBeReadAtOnce() throws IOException {
    Path judge = Path.of("src/test/java/edu/cumc/aou/mornings/judge");
    long lines = 0;
    for (String law : List.of("Judge", "Convergence", "TableJudge", "UndoJudge")) {
      lines +=
          Files.readAllLines(judge.resolve(law + ".java")).stream()
              .filter(line -> !line.startsWith("import "))
              .count();
    }
    assertThat(lines).isBetween(100L, 500L);
  }

  @Test
  void time_isTheWorlds() {
    HouseRules.timeIsAskedOfAClock().check(classes);
  }
}
