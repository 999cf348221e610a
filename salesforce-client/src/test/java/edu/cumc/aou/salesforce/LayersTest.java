package edu.cumc.aou.salesforce;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import edu.cumc.aou.salesforce.internal.RestSalesforce;
import edu.cumc.aou.sync.testing.HouseRules;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayersTest {

  private static final String ROOT = "edu.cumc.aou.salesforce";

  private static final String INTERNAL = ROOT + ".internal";

  private static final JavaClasses CODE = HouseRules.code(ROOT);

  @Test
  void client_knowsNothingOfTheSync() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "edu.cumc.aou.sync..",
            ROOT + ".crm..",
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
        .resideInAPackage(INTERNAL)
        .and()
        .doNotBelongToAnyOf(RestSalesforce.class)
        .should()
        .notBePublic()
        .because("nobody outside needs them")
        .check(CODE);
  }

  /** Wire, repeat and login stand on each other; rest and bulk stand side by side on them. */
  @Test
  void streets_leadOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(INTERNAL + "..")
        .layer("wiring")
        .definedBy(INTERNAL)
        .layer("rest")
        .definedBy(INTERNAL + ".rest")
        .layer("bulk")
        .definedBy(INTERNAL + ".bulk")
        .layer("login")
        .definedBy(INTERNAL + ".login")
        .layer("repeat")
        .definedBy(INTERNAL + ".repeat")
        .layer("wire")
        .definedBy(INTERNAL + ".wire")
        .whereLayer("wiring")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("rest")
        .mayOnlyBeAccessedByLayers("wiring")
        .whereLayer("bulk")
        .mayOnlyBeAccessedByLayers("wiring")
        .whereLayer("login")
        .mayOnlyBeAccessedByLayers("wiring", "rest", "bulk")
        .whereLayer("repeat")
        .mayOnlyBeAccessedByLayers("wiring", "rest", "bulk", "login")
        .whereLayer("wire")
        .mayOnlyBeAccessedByLayers("wiring", "rest", "bulk", "login", "repeat")
        .ensureAllClassesAreContainedInArchitectureIgnoring(resideOutsideOfPackage(INTERNAL + ".."))
        .because("a question has one street, and a street is read without those above it")
        .check(CODE);
  }

  /** What only its own street uses is hidden in it. */
  @Test
  void streets_showOnlyWhatOthersUse() {
    classes()
        .that()
        .resideInAnyPackage(
            INTERNAL + ".wire",
            INTERNAL + ".repeat",
            INTERNAL + ".login",
            INTERNAL + ".rest",
            INTERNAL + ".bulk")
        .and()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .should(beUsedFromAnotherPackage())
        .check(CODE);
  }

  private static final Set<JavaModifier> CONSTANT =
      Set.of(JavaModifier.PUBLIC, JavaModifier.STATIC, JavaModifier.FINAL);

  private static ArchCondition<JavaClass> beUsedFromAnotherPackage() {
    return new ArchCondition<>("be used from another package") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        // constants leave no trace in those who use them, and a proxy of a public interface, which
        // is made elsewhere, must see what its methods speak of
        boolean constants =
            item.getFields().stream()
                .anyMatch(
                    f ->
                        f.getModifiers().containsAll(CONSTANT)
                            && (f.getRawType().isPrimitive()
                                || f.getRawType().isEquivalentTo(String.class)));
        boolean used =
            constants
                || CODE.stream()
                    .filter(c -> c.equals(item) || c.getName().startsWith(item.getName() + "$"))
                    .flatMap(c -> c.getDirectDependenciesToSelf().stream())
                    .map(Dependency::getOriginClass)
                    .anyMatch(
                        from ->
                            !from.getPackageName().equals(item.getPackageName())
                                || (from.isInterface()
                                    && from.getModifiers().contains(JavaModifier.PUBLIC)));
        events.add(new SimpleConditionEvent(item, used, item.getName()));
      }
    };
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
