package edu.cumc.aou.db;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LayersTest {

  private static final String ROOT = "edu.cumc.aou.db";

  private static JavaClasses code;

  @BeforeAll
  static void read() {
    code =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  @Test
  void dataLayer_knowsNothingOfTheSync() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT, ROOT + ".internal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "edu.cumc.aou.sync..",
            ROOT + ".adapter..",
            ROOT + ".source..",
            ROOT + ".store..",
            ROOT + ".guice..")
        .because("another tool can use the data layer alone")
        .check(code);
  }

  @Test
  void sourceAndStore_doNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".source..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".store..")
        .check(code);
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".store..", ROOT + ".adapter..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".source..")
        .check(code);
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".adapter..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".store..")
        .because("a site may bring a source of its own and keep our store, or the other way round")
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
        .because("who does not use Guice builds everything by factories")
        .check(code);
  }

  @Test
  void publicMethods_showNoTypeOfAnotherLibrary() {
    for (JavaClass type : code) {
      if (!type.getModifiers().contains(JavaModifier.PUBLIC)
          || type.getPackageName().startsWith(ROOT + ".internal")
          || type.getPackageName().startsWith(ROOT + ".guice")) {
        continue;
      }
      type.getMethods().stream()
          .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC))
          .flatMap(
              m ->
                  Stream.concat(Stream.of(m.getRawReturnType()), m.getRawParameterTypes().stream()))
          .forEach(
              shown ->
                  assertThat(shown.getBaseComponentType().getPackageName())
                      .as("a type in the signature of " + type.getSimpleName())
                      .matches(
                          "|java\\..*|edu\\.cumc\\.aou\\.(sync|db)(\\..*)?|com\\.typesafe\\.config")
                      .doesNotContain(".internal"));
    }
  }

  @Test
  void time_comesFromTheCallerOrTheDatabase() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("tests and demos move the clock")
        .check(code);
  }

  @Test
  void everyPackage_isNullMarked() throws ClassNotFoundException {
    for (String name : new String[] {"", ".internal", ".adapter", ".source", ".store", ".guice"}) {
      assertThat(Class.forName(ROOT + name + ".package-info").isAnnotationPresent(NullMarked.class))
          .as(ROOT + name)
          .isTrue();
    }
  }
}
