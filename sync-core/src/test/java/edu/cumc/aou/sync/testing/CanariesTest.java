package edu.cumc.aou.sync.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What looks for leaks would find them. */
class CanariesTest {

  private final Canaries canaries = new Canaries();

  @Test
  void plantedText_isFoundWhole_inPartsAndInOtherCase() {
    String name = canaries.plant("last name");

    assertThat(canaries.leaks("a log", "refused: " + name)).hasSize(2);
    assertThat(canaries.leaks("a log", name.substring(0, 8))).hasSize(1);
    assertThat(canaries.leaks("a log", name.toLowerCase(java.util.Locale.ROOT))).hasSize(1);
    assertThat(canaries.leaks("a log", "12 records refused")).isEmpty();
  }

  @Test
  void watchedText_isFound() {
    canaries.watch("a Contact", "003000000000001AAA");

    assertThat(canaries.leaks("a log", "id 003000000000001AAA"))
        .singleElement()
        .asString()
        .startsWith("a Contact in a log");
  }

  @Test
  void forms_areFoundWithoutPlanting() {
    for (String leak :
        new String[] {
          "P012345678",
          "jdbc:h2:file:./x",
          "Bearer 00D000000000001EAA!AQ0001",
          "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"
        }) {
      assertThat(canaries.leaks("a log", leak)).as(leak).hasSize(1);
    }
    assertThat(canaries.leaks("a log", "begins with jdbc:sqlserver: or jdbc:h2:")).isEmpty();
  }

  @Test
  void exceptions_areSearchedToTheEnd() {
    Exception failure = new IllegalStateException("one", new IllegalStateException("two"));
    failure.addSuppressed(new IllegalStateException("three"));

    assertThat(Canaries.everythingOf(failure)).contains("one", "two", "three");
  }
}
