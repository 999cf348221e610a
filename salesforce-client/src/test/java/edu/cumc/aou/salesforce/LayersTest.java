package edu.cumc.aou.salesforce;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import edu.cumc.aou.salesforce.internal.RestSalesforce;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LayersTest {

  private static final String ROOT = "edu.cumc.aou.salesforce";

  private static JavaClasses code;

  @BeforeAll
  static void read() {
    code =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  @Test
  void client_knowsNothingOfTheSync() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT, ROOT + ".bulk..", ROOT + ".internal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("edu.cumc.aou.sync..", ROOT + ".sync..", ROOT + ".guice..")
        .because("another tool can use the client alone")
        .check(code);
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
        .check(code);
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
        .check(code);
    classes()
        .that()
        .resideInAPackage(ROOT + ".internal..")
        .and()
        .doNotBelongToAnyOf(RestSalesforce.class)
        .should()
        .notBePublic()
        .because("nobody outside needs them")
        .check(code);
  }

  @Test
  void guice_staysInItsPackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".guice..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.inject..", "jakarta.inject..")
        .because("who does not use Guice builds everything through factories")
        .check(code);
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
        .check(code);
  }

  @Test
  void timeAndChance_comeFromTheSurroundings() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Surroundings.class)
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .because("tests put virtual time in their place")
        .check(code);
    noMethods()
        .should()
        .haveRawReturnType(java.util.Date.class)
        .because("java.time says what is meant")
        .check(code);
  }

  @Test
  void everyPackage_isNullMarked() {
    classes()
        .should(
            new ArchCondition<JavaClass>("reside in a null-marked package") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(item, marked, item.getPackageName()));
              }
            })
        .because("NullAway checks only what is marked")
        .check(code);
  }
}
