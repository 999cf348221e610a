package edu.cumc.aou.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import edu.cumc.aou.sync.testing.HouseRules;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md, over all modules that this program is made of. */
class ArchitectureTest {

  private static final JavaClasses OURS = HouseRules.code("edu.cumc.aou");

  @Test
  void rules_seeAllModules() {
    Set<String> modules =
        OURS.stream()
            .map(c -> c.getPackageName().replaceAll("^edu\\.cumc\\.aou\\.(\\w+).*", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(modules).containsExactly("cli", "db", "runtime", "salesforce", "simulator", "sync");
  }

  @Test
  void core_knowsNothingButItself() {
    classes()
        .that()
        .resideInAPackage("edu.cumc.aou.sync..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "edu.cumc.aou.sync..",
            "java..",
            "org.jspecify..",
            "com.typesafe.config..",
            // fingerprints only: the core's own test holds it to one class
            "com.dynatrace.hash4j..")
        .because("the sync itself is pure logic")
        .check(OURS);
  }

  @Test
  void adapters_doNotKnowEachOther() {
    never("edu.cumc.aou.salesforce..", "edu.cumc.aou.db..", "an org and a database are two things");
    never("edu.cumc.aou.db..", "edu.cumc.aou.salesforce..", "an org and a database are two things");
  }

  @Test
  void nobody_dependsOnTheRunners() {
    noClasses()
        .that()
        .resideOutsideOfPackage("edu.cumc.aou.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("edu.cumc.aou.cli..", "edu.cumc.aou.lambda..")
        .because("libraries are used by runners, not the other way round")
        .check(OURS);
  }

  @Test
  void runtime_isForRunners() {
    noClasses()
        .that()
        .resideOutsideOfPackages("edu.cumc.aou.cli..", "edu.cumc.aou.runtime..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("edu.cumc.aou.runtime..")
        .because("libraries are put together, and do not put themselves together")
        .check(OURS);
  }

  @Test
  void simulator_knowsNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage("edu.cumc.aou.simulator..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("edu.cumc.aou..")
                .and(resideOutsideOfPackages("edu.cumc.aou.simulator..")))
        .because("it must not share a mistake with the client that talks to it")
        .check(OURS);
  }

  @Test
  void simulator_isKnownToTheLabOnly() {
    String[] lab = {
      "edu.cumc.aou.cli.lab..", "edu.cumc.aou.cli.demo..", "edu.cumc.aou.simulator.."
    };
    noClasses()
        .that()
        .resideOutsideOfPackages(lab)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(lab)
        .because("what runs at night is packed without them")
        .check(OURS);
  }

  @Test
  void libraries_knowTheSyncOnlyInTheirAdapters() {
    for (String module : new String[] {"salesforce", "db"}) {
      String root = "edu.cumc.aou." + module;
      noClasses()
          .that()
          .resideInAPackage(root + "..")
          .and()
          .resideOutsideOfPackages(
              root + ".crm..",
              root + ".adapter..",
              root + ".source..",
              root + ".store..",
              root + ".guice..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("edu.cumc.aou.sync..")
          .because("another tool can use the library alone")
          .check(OURS);
    }
  }

  @Test
  void internalPackages_areTheirModulesBusiness() {
    for (String module : new String[] {"salesforce", "db"}) {
      noClasses()
          .that()
          .resideOutsideOfPackage("edu.cumc.aou." + module + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("edu.cumc.aou." + module + ".internal..")
          .because("what is internal may change without a word")
          .check(OURS);
    }
  }

  @Test
  void feign_staysInsideTheClient() {
    only("edu.cumc.aou.salesforce.internal..", "feign..", "the wire is the client's secret");
  }

  @Test
  void databases_stayInsideTheDataLayer() {
    noClasses()
        .that()
        .resideOutsideOfPackages("edu.cumc.aou.db..", "edu.cumc.aou.simulator.source..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..", "javax.sql..", "org.jdbi..", "com.zaxxer..", "org.flywaydb..")
        .because("SQL stands in one module, and in the source that stands in for the site's")
        .check(OURS);
  }

  @Test
  void guice_isForRunnersAndModules() {
    HouseRules.guiceStaysIn("edu.cumc.aou.runtime..", "edu.cumc.aou.*.guice..").check(OURS);
    noFields()
        .should()
        .beAnnotatedWith("jakarta.inject.Inject")
        .orShould()
        .beAnnotatedWith("com.google.inject.Inject")
        .because("what an object needs stands in its constructor")
        .check(OURS);
  }

  @Test
  void time_isAskedOfAClock() {
    HouseRules.timeIsAskedOfAClock().check(OURS);
  }

  @Test
  void clocksAndSleep_areBroughtByNamedPlaces() {
    HouseRules.clocksAreHandedIn(
            "edu.cumc.aou.cli.runtime.World",
            "edu.cumc.aou.runtime.WallPause",
            "edu.cumc.aou.salesforce.Surroundings",
            "edu.cumc.aou.db.internal.",
            "edu.cumc.aou.simulator.")
        .check(OURS);
  }

  @Test
  void theProcess_isTouchedByMainAndWorldOnly() {
    noClasses()
        .that(areNot("edu.cumc.aou.cli.Main"))
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("results go where the command is told, and one place ends the process")
        .check(OURS);
    noClasses()
        .that(areNot("edu.cumc.aou.cli.runtime.World"))
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .because("the environment is handed in")
        .check(OURS);
  }

  @Test
  void packages_haveNoCycles() {
    for (String module : new String[] {"cli", "db", "salesforce", "simulator"}) {
      slices()
          .matching("edu.cumc.aou." + module + ".(**)")
          .should()
          .beFreeOfCycles()
          .because("a cycle is one package in two directories")
          .check(OURS);
    }
  }

  @Test
  void everyPackage_isNullMarked() {
    HouseRules.packagesAreNullMarked().check(OURS);
  }

  @Test
  void state_isNotShared() {
    ArchRule rule =
        fields()
            .that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat(notGenerated())
            .should()
            .beFinal()
            .because("a static variable is everybody's");
    rule.check(OURS);
  }

  @Test
  void commands_arePackagePrivate() {
    classes()
        .that()
        .resideInAPackage("edu.cumc.aou.cli")
        .and()
        .doNotHaveSimpleName("Main")
        .and()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .notHaveModifier(JavaModifier.PUBLIC)
        .because("nobody else calls them")
        .check(OURS);
  }

  private static void never(String from, String to, String because) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(to)
        .because(because)
        .check(OURS);
  }

  private static void only(String home, String what, String because) {
    noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(what)
        .because(because)
        .check(OURS);
  }

  private static DescribedPredicate<JavaClass> areNot(String... prefixes) {
    return predicate(
        "are not " + String.join(", ", prefixes),
        c -> {
          for (String prefix : prefixes) {
            if (c.getName().startsWith(prefix)) {
              return false;
            }
          }
          return true;
        });
  }

  private static DescribedPredicate<JavaClass> notGenerated() {
    return predicate("are written by hand", c -> !c.getName().contains("$$"));
  }

  private static DescribedPredicate<JavaClass> predicate(
      String description, Predicate<JavaClass> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }
}
