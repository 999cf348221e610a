package edu.cumc.aou.simulator.salesforce;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which packages of the simulated org may call which. */
class StreetsTest {
  private static final String HOUSE = StreetsTest.class.getPackageName();
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(HOUSE);

  @Test
  void eachStreetIsCalledByThoseAboveItOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(HOUSE + "..")
        .layer("front")
        .definedBy(HOUSE)
        .layer("http")
        .definedBy(HOUSE + ".http")
        .layer("org")
        .definedBy(HOUSE + ".org")
        .layer("login")
        .definedBy(HOUSE + ".login")
        .layer("soql")
        .definedBy(HOUSE + ".soql")
        .layer("fault")
        .definedBy(HOUSE + ".fault")
        .layer("rest")
        .definedBy(HOUSE + ".rest")
        .layer("bulk")
        .definedBy(HOUSE + ".bulk")
        .layer("soap")
        .definedBy(HOUSE + ".soap")
        .whereLayer("front")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("rest")
        .mayOnlyBeAccessedByLayers("front")
        .whereLayer("bulk")
        .mayOnlyBeAccessedByLayers("front")
        .whereLayer("soap")
        .mayOnlyBeAccessedByLayers("front")
        .whereLayer("fault")
        .mayOnlyBeAccessedByLayers("front")
        .whereLayer("login")
        .mayOnlyBeAccessedByLayers("front", "soap")
        .whereLayer("soql")
        .mayOnlyBeAccessedByLayers("front", "rest", "bulk")
        .whereLayer("http")
        .mayNotAccessAnyLayer()
        .whereLayer("org")
        .mayOnlyAccessLayers("http")
        .check(CLASSES);
  }

  @Test
  void noTwoStreetsCallEachOther() {
    slices().matching(HOUSE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void thereAreTheseStreets() {
    Set<String> streets = new TreeSet<>();
    CLASSES.forEach(type -> streets.add(type.getPackageName().substring(HOUSE.length())));

    assertThat(streets)
        .containsExactly(
            "", ".bulk", ".fault", ".http", ".login", ".org", ".rest", ".soap", ".soql");
  }
}
