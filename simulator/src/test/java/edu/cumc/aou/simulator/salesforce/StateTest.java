package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateTest {
  @TempDir private Path folder;

  private final VirtualClock clock = new VirtualClock();

  private SalesforceSimulatorBuilder builder() {
    return SalesforceSimulator.builder()
        .clock(clock)
        .journeyDelay(Duration.ofMinutes(1))
        .stateDirectory(folder);
  }

  private String dayOne() {
    try (SalesforceSimulator org = builder().start()) {
      Caller caller = Caller.loggedIn(org);
      String id =
          caller.create(
              "Contact",
              "{\"LastName\":\"A\",\"MailingLatitude\":1.5,\"Birthdate\":\"1980-01-31\"}");
      clock.advance(Duration.ofMinutes(1));
      caller.patch(DATA + "/sobjects/Contact/" + id, "{\"Phone\":\"1\"}");
      org.create("Contact", Map.of("LastName", "B"));
      org.delete(org.create("Contact", Map.of("LastName", "C")));
      String erased = org.create("Contact", Map.of("LastName", "E"));
      org.delete(erased);
      org.erase(erased);
      assertThat(org.records("Opportunity")).hasSize(1);
      return org.fingerprint();
    }
  }

  @Test
  void restart_goesOnWithTheSameState() {
    String fingerprint = dayOne();

    for (int restart = 0; restart < 2; restart++) {
      try (SalesforceSimulator org = builder().start()) {
        assertThat(org.fingerprint()).isEqualTo(fingerprint);
      }
    }
    try (SalesforceSimulator org = builder().start()) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(org.records("Opportunity")).as("the pending one came, no other").hasSize(2);
      assertThat(org.recordsAndDeleted("Contact")).hasSize(3);
      String id = org.create("Contact", Map.of("LastName", "D"));
      assertThat(org.recordsAndDeleted("Contact").map(row -> row.get("Id")))
          .doesNotHaveDuplicates()
          .endsWith(id);
    }
  }

  @Test
  void halfWrittenLastLine_isDropped() throws IOException {
    String fingerprint = dayOne();
    Files.writeString(
        folder.resolve("salesforce.jsonl"), "{\"object\":\"Cont", StandardOpenOption.APPEND);

    try (SalesforceSimulator org = builder().start()) {
      assertThat(org.fingerprint()).isEqualTo(fingerprint);
    }
  }

  /** The folder was made with another schema: it is refused by name, and kept. */
  @ParameterizedTest
  @CsvSource({
    "Contact, Shoe_Size__c, '\"9\"', the field Contact.Shoe_Size__c",
    "Shoe__c, Name, '\"9\"', the object Shoe__c",
    "Contact, Birthdate, '\"soon\"', another type in the field Contact.Birthdate"
  })
  void recordsOfAnotherSchema_areRefusedByName(
      String object, String field, String value, String named) throws IOException {
    dayOne();
    Path file = folder.resolve("salesforce.jsonl");
    String foreign = "{\"object\":\"%s\",\"row\":{\"%s\":%s}}\n".formatted(object, field, value);
    String before = Files.readString(file) + foreign;
    Files.writeString(file, before);

    assertThatThrownBy(() -> builder().start())
        .isInstanceOf(SalesforceSimulatorException.class)
        .hasMessageContaining(named)
        .hasMessageContaining("the schema that the folder was made with")
        .hasMessageNotContaining("soon");
    assertThat(file).hasContent(before);
  }

  @Test
  void damagedLine_isReportedWithoutItsText() throws IOException {
    dayOne();
    Path file = folder.resolve("salesforce.jsonl");
    Files.writeString(file, "{\"secret\n" + Files.readString(file));

    assertThatThrownBy(() -> builder().start())
        .isInstanceOf(SalesforceSimulatorException.class)
        .hasMessageContaining("Line 1 of the saved state")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void folder_belongsToOneSimulatorAtATime() {
    try (SalesforceSimulator org = builder().start()) {
      assertThat(org.records("Contact")).isEmpty();
      assertThatThrownBy(() -> builder().start())
          .isInstanceOf(SalesforceSimulatorException.class)
          .hasMessageContaining("Another simulator uses the state folder");
    }
  }

  @Test
  void folder_belongsToOneOrg() {
    dayOne();

    assertThatThrownBy(() -> builder().organizationId(Ids.of("00D", 2)).start())
        .isInstanceOf(SalesforceSimulatorException.class)
        .hasMessageContaining("another organization id");
  }

  @Test
  void sameRequests_giveTheSameFingerprint_anyChangeAnotherOne() {
    String[] fingerprints = new String[2];
    for (int i = 0; i < 2; i++) {
      try (SalesforceSimulator org = SalesforceSimulator.builder().clock(clock).start()) {
        String id = org.create("Contact", Map.of("LastName", "A"));
        fingerprints[i] = org.fingerprint();
        assertThat(org.fingerprint()).isEqualTo(fingerprints[i]).hasSize(64);
        org.edit(id, Map.of("LastName", "B"));
        assertThat(org.fingerprint()).isNotEqualTo(fingerprints[i]);
      }
    }
    assertThat(fingerprints[1]).isEqualTo(fingerprints[0]);
  }

  @Test
  void takenPort_isReported() {
    try (SalesforceSimulator org = SalesforceSimulator.builder().start()) {
      int port = URI.create(org.url()).getPort();

      assertThatThrownBy(() -> SalesforceSimulator.builder().port(port).start())
          .isInstanceOf(SalesforceSimulatorException.class)
          .hasMessageContaining("cannot listen on port " + port);
    }
  }

  @Test
  void failedStart_letsTheFolderGo() {
    try (SalesforceSimulator org = SalesforceSimulator.builder().start()) {
      int port = URI.create(org.url()).getPort();
      assertThatThrownBy(() -> builder().port(port).start())
          .isInstanceOf(SalesforceSimulatorException.class);
    }

    builder().start().close();
  }
}
