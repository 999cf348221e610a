package edu.cumc.aou.sync.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Rules that hold in every module, for the tests that hold a module to them. */
public final class HouseRules {

  private HouseRules() {}

  /** The classes of a package and of those below it, without tests. */
  public static JavaClasses code(String root) {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(location -> !location.contains("-tests.jar"))
        .importPackages(root);
  }

  /** Nobody asks the machine for the time. */
  public static ArchRule timeIsAskedOfAClock() {
    return noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("tests and the demo live in virtual time");
  }

  /**
   * Nobody brings the machine's clock, or waits by it.
   *
   * @param except classes, or packages with a dot at their end, that may
   */
  public static ArchRule clocksAreHandedIn(String... except) {
    return noClasses()
        .that(areNot(except))
        .should()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .because("a class that needs a clock or a way to wait is given one");
  }

  /** Nobody reads the environment, or touches what belongs to the whole process. */
  public static ArchRule processIsLeftAlone(String... except) {
    return noClasses()
        .that(areNot(except))
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("environment and output are handed in, and one place ends the process");
  }

  /** Guice is used nowhere else. */
  public static ArchRule guiceStaysIn(String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.inject..", "jakarta.inject..")
        .because("who does not use Guice builds everything through factories");
  }

  /** Every package says that nothing is null unless it says so. */
  public static ArchRule packagesAreNullMarked() {
    return classes()
        .should(
            new ArchCondition<JavaClass>("reside in a null-marked package") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(item, marked, item.getPackageName()));
              }
            })
        .because("NullAway checks only what is marked");
  }

  private static DescribedPredicate<JavaClass> areNot(String... prefixes) {
    return DescribedPredicate.describe(
        "are not " + String.join(", ", prefixes),
        c -> List.of(prefixes).stream().noneMatch(c.getName()::startsWith));
  }
}
