package edu.cumc.aou.salesforce.crm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import edu.cumc.aou.sync.testing.HouseRules;
import org.junit.jupiter.api.Test;

class AdapterLayersTest {

  private static final String ROOT = "edu.cumc.aou.salesforce";

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(ROOT + ".crm", ROOT + ".guice");

  @Test
  void adapter_usesTheClientsPublicApiOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".internal..",
            "feign..",
            "com.fasterxml..",
            "org.apache.hc..",
            "com.auth0..",
            "de.siegmar..")
        .because("what the sync can do, another program can do as well")
        .check(CODE);
  }

  @Test
  void guice_staysInItsPackage() {
    HouseRules.guiceStaysIn(ROOT + ".guice..").check(CODE);
  }

  @Test
  void timeAndProcess_areHandedIn() {
    HouseRules.timeIsAskedOfAClock().check(CODE);
    HouseRules.clocksAreHandedIn().check(CODE);
    HouseRules.processIsLeftAlone().check(CODE);
  }

  @Test
  void everyPackage_isNullMarked() {
    HouseRules.packagesAreNullMarked().check(CODE);
  }
}
