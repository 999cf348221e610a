package edu.cumc.aou.salesforce;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClasses;
import edu.cumc.aou.salesforce.internal.RestSalesforce;
import edu.cumc.aou.sync.testing.HouseRules;
import org.junit.jupiter.api.Test;

class LayersTest {

  private static final String ROOT = "edu.cumc.aou.salesforce";

  private static final JavaClasses CODE = HouseRules.code(ROOT);

  @Test
  void client_knowsNothingOfTheSync() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "edu.cumc.aou.sync..",
            ROOT + ".sync..",
            ROOT + ".guice..",
            "com.google.inject..",
            "com.google.common..",
            "com.typesafe..")
        .because("another tool can use the client alone")
        .check(CODE);
  }

  @Test
  void feignAndItsKin_stayInside() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".internal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "feign..", "com.fasterxml..", "org.apache.hc..", "com.auth0..", "de.siegmar..")
        .because("callers must not notice when one of them is exchanged")
        .check(CODE);
  }

  @Test
  void internalCode_isReachedThroughTheFactoryOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".internal..")
        .and()
        .doNotBelongToAnyOf(Salesforce.class)
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + ".internal.."))
        .because("internal is not API")
        .check(CODE);
    classes()
        .that()
        .resideInAPackage(ROOT + ".internal..")
        .and()
        .doNotBelongToAnyOf(RestSalesforce.class)
        .should()
        .notBePublic()
        .because("nobody outside needs them")
        .check(CODE);
  }

  @Test
  void micrometer_staysInItsPackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".micrometer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", ROOT + ".micrometer..")
        .because("who wants no metrics needs no library for them")
        .check(CODE);
  }

  @Test
  void timeAndChance_comeFromTheSurroundings() {
    HouseRules.timeIsAskedOfAClock().check(CODE);
    HouseRules.clocksAreHandedIn(Surroundings.class.getName()).check(CODE);
    HouseRules.processIsLeftAlone().check(CODE);
    noMethods()
        .should()
        .haveRawReturnType(java.util.Date.class)
        .because("java.time says what is meant")
        .check(CODE);
  }

  @Test
  void everyPackage_isNullMarked() {
    HouseRules.packagesAreNullMarked().check(CODE);
  }
}
