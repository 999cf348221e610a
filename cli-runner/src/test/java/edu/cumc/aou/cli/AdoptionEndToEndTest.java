package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A marketing tool has Contacts of people who enrol later. */
class AdoptionEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A change of the plan that creates a Contact. */
  private record Newcomer(String pmiId, String first, String last, String email) {}

  @TempDir private Path directory;
  private Site site;
  private List<Newcomer> newcomers;

  @BeforeEach
  void aSiteBeforeItsFirstDay() throws Exception {
    site = new Site(directory, 40);
    site.run("init");
    site.run("plan", "--initial-load", "--out", "plan.json", "--show-values");
    newcomers = new ArrayList<>();
    for (JsonNode change : JSON.readTree(directory.resolve("plan.json").toFile()).path("changes")) {
      JsonNode values = change.path("fields");
      if (values.has("FirstName") && values.has("Email")) {
        newcomers.add(
            new Newcomer(
                change.path("pmiId").asText(),
                values.path("FirstName").path("to").asText(),
                values.path("LastName").path("to").asText(),
                values.path("Email").path("to").asText()));
      }
    }
    assertThat(newcomers).hasSizeGreaterThan(10);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private String marketing(Newcomer person, String more) {
    return site.org.create(
        "Contact",
        Map.of(
            "FirstName",
            person.first(),
            "LastName",
            person.last() + more,
            "Email",
            person.email().toUpperCase(Locale.ROOT),
            "MobilePhone",
            "(212) 555-0100"));
  }

  private void letAMinutePass() {
    site.time.advanceTo(site.time.instant().plus(Duration.ofMinutes(1)));
  }

  private void switchOn() {
    switchOn("");
  }

  private void switchOn(String more) {
    String owner =
        site.org
            .records("Contact")
            .map(r -> String.valueOf(r.get("OwnerId")))
            .findFirst()
            .orElseThrow();
    site.configure("adoption { enabled = true, owners = [\"" + owner + "\"] }\n" + more);
  }

  private Map<String, Object> record(String id) {
    return site.org
        .records("Contact")
        .filter(r -> id.equals(r.get("Id")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sync_personTheMarketingToolKnows_getsThatContact_andTwiceIsTheSame() throws Exception {
    Newcomer person = newcomers.get(3);
    String known = marketing(person, "");
    letAMinutePass();
    switchOn();

    Result check = site.run("check");
    assertThat(check.exitCode()).isZero();
    assertThat(check.out()).contains("1 Contacts without a PMI ID may be adopted");
    JsonNode report = JSON.readTree(site.run("sync", "--initial-load", "--json").out());

    assertThat(report.path("exitCode").asInt()).isZero();
    assertThat(report.path("contacts").path("adopted").asInt()).isEqualTo(1);
    assertThat(record(known))
        .containsEntry("HP_PMI_ID__c", person.pmiId())
        .containsEntry("MobilePhone", "(212) 555-0100");
    assertThat(site.org.records("Contact").filter(r -> person.email().equals(r.get("Email"))))
        .hasSize(1);
    assertThat(site.org.records("Opportunity").filter(r -> known.equals(r.get("Contact__c"))))
        .as("the journey that it had")
        .singleElement()
        .satisfies(j -> assertThat(j.get("HP_Participant_Status__c")).isNotNull());
    assertThat(JSON.readTree(site.run("sync", "--json").out()).path("planned")).isEmpty();
    assertThat(site.run("explain", person.pmiId()).out()).contains("adopt");
  }

  @Test
  void sync_whereSeveralFit_asksForAPerson_whoDecidesInSalesforce() throws Exception {
    Newcomer person = newcomers.get(5);
    String first = marketing(person, "");
    String second = marketing(person, "");
    letAMinutePass();
    switchOn();

    Result sync = site.run("sync", "--initial-load");

    assertThat(sync.exitCode()).isEqualTo(5);
    assertThat(sync.out() + sync.err()).doesNotContain(person.pmiId()).doesNotContain(first);
    assertThat(site.run("failures").out())
        .contains("adoption-several-contacts")
        .contains("merge the Contacts");
    assertThat(site.run("explain", person.pmiId()).out()).contains("adoption-several-contacts");

    site.org.edit(second, Map.of("HP_PMI_ID__c", person.pmiId()));
    letAMinutePass();
    JsonNode next = JSON.readTree(site.run("sync", "--json").out());
    assertThat(next.path("exitCode").asInt()).isZero();
    assertThat(record(first)).doesNotContainEntry("HP_PMI_ID__c", person.pmiId());
  }

  @Test
  void adopt_answersADoubt_andTheNextSyncFollows() throws Exception {
    Newcomer person = newcomers.get(5);
    String first = marketing(person, "");
    String second = marketing(person, "");
    letAMinutePass();
    switchOn();
    assertThat(site.run("sync", "--initial-load").exitCode()).isEqualTo(5);
    Result explained = site.run("explain", person.pmiId());
    assertThat(explained.out())
        .contains("Contacts without a PMI ID that may be theirs", first, second)
        .contains("aou-sync adopt " + person.pmiId() + " CONTACT_ID");
    JsonNode json = JSON.readTree(site.run("explain", person.pmiId(), "--json").out());
    assertThat(json.path("candidates")).hasSize(2);

    Result wrong = site.run("adopt", newcomers.get(0).pmiId(), second);
    assertThat(wrong.exitCode()).isEqualTo(3);
    assertThat(wrong.err()).contains("has a Contact already").doesNotContain(second);
    assertThat(site.run("adopt", person.pmiId(), "no id").exitCode()).isEqualTo(2);
    Result answered = site.run("adopt", person.pmiId(), second, "--why", "she said so");
    assertThat(answered.exitCode()).as(answered.err()).isZero();

    Result next = site.nextMorning("sync");
    assertThat(next.exitCode()).as(next.out()).isZero();
    assertThat(next.out()).contains("adopted");
    assertThat(record(second)).containsEntry("HP_PMI_ID__c", person.pmiId());
    assertThat(record(first)).doesNotContainEntry("HP_PMI_ID__c", person.pmiId());
    assertThat(site.run("failures", "--show-pmi-ids").out()).doesNotContain(person.pmiId());
    assertThat(site.nextMorning("sync").exitCode()).isZero();
  }

  @Test
  void release_saysThatNoneIsTheirs_soThatANewContactIsMade() throws Exception {
    Newcomer person = newcomers.get(5);
    String first = marketing(person, "");
    String second = marketing(person, "");
    letAMinutePass();
    switchOn();
    site.run("sync", "--initial-load");

    assertThat(site.run("release", person.pmiId()).out()).contains("Doubtful adoptions: 1");

    Result next = site.nextMorning("sync");
    assertThat(next.exitCode()).as(next.out()).isZero();
    for (String candidate : List.of(first, second)) {
      assertThat(record(candidate)).doesNotContainEntry("HP_PMI_ID__c", person.pmiId());
    }
    assertThat(
            site.org.records("Contact").filter(r -> person.pmiId().equals(r.get("HP_PMI_ID__c"))))
        .hasSize(1);
  }

  @Test
  void contestedContact_isAFlawThatCanBeAcknowledged_andAnswered() throws Exception {
    Newcomer person = newcomers.get(5);
    Newcomer twin = newcomers.get(6);
    String known = marketing(person, "");
    site.source(
        "UPDATE dbo.healthpro SET [First Name] = '"
            + person.first()
            + "', [Last Name] = '"
            + person.last()
            + "', [Email] = '"
            + person.email()
            + "' WHERE [PMI ID] = '"
            + twin.pmiId()
            + "'");
    letAMinutePass();
    // nobody is held for it meanwhile
    switchOn("quarantine.after = 10");
    Result sync = site.run("sync", "--initial-load");
    assertThat(sync.exitCode()).isEqualTo(5);
    assertThat(site.run("failures", "--show-pmi-ids").out())
        .contains(person.pmiId() + "  contact.adoption-several-participants  new since run")
        .contains(twin.pmiId() + "  contact.adoption-several-participants  new since run");

    assertThat(site.run("acknowledge", "--all").exitCode()).isZero();
    Result quiet = site.nextMorning("sync");
    assertThat(quiet.exitCode()).as(quiet.out()).isZero();
    assertThat(site.nextMorning("sync", "--strict").exitCode()).isEqualTo(5);

    assertThat(site.run("adopt", twin.pmiId(), known).exitCode()).isZero();
    assertThat(site.run("adopt", person.pmiId(), known).err()).contains("another participant's");
    Result next = site.nextMorning("sync");
    assertThat(next.exitCode()).as(next.out()).isZero();
    assertThat(record(known)).containsEntry("HP_PMI_ID__c", twin.pmiId());
  }

  @Test
  void review_isAFileThatAPersonMarks_andTheNextRunObeys_andUndoTakesBack() throws Exception {
    Newcomer person = newcomers.get(5);
    Newcomer other = newcomers.get(7);
    String first = marketing(person, "");
    String second = marketing(person, "");
    String relative = marketing(other, "x");
    site.org.edit(relative, Map.of("FirstName", other.first() + "e", "LastName", other.last()));
    letAMinutePass();
    switchOn();
    assertThat(site.run("sync", "--initial-load").exitCode()).isEqualTo(5);

    Result written = site.run("review", "--out", "review.csv", "--show-values");

    assertThat(written.exitCode()).as(written.err()).isZero();
    assertThat(written.out()).contains("3 pairs").doesNotContain(person.pmiId());
    Path file = directory.resolve("review.csv");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(4);
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(other.pmiId(), relative, "adoption-may-be-relative")
                    .contains("FirstName (sounds alike); LastName; Email"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(person.pmiId(), first, "adoption-several-contacts")
                    .contains("FirstName; LastName; Email"));
    assertThat(site.run("explain", other.pmiId()).out())
        .contains("FirstName (sounds alike)", "Differs");
    Result unmarked = site.run("review", "--apply", "review.csv");
    assertThat(unmarked.out()).contains("Noted: 0 Contacts to adopt, 0 participants");

    mark(file, Map.of(second, "yes", relative, "perhaps"));
    Result wrong = site.run("review", "--apply", "review.csv");
    assertThat(wrong.exitCode()).isEqualTo(3);
    assertThat(wrong.err()).contains("write yes or no").doesNotContain(other.pmiId());
    assertOddAnswersAreRefused(file, person.pmiId(), first, second, relative);
    assertSpreadsheetsFormsAreRead(file, Map.of(second, "yes", first, "no", relative, "no"));
    mark(file, Map.of(second, "Yes", first, "no", relative, "no"));
    Result applied = site.run("review", "--apply", "review.csv");
    assertThat(applied.exitCode()).as(applied.out()).isZero();
    assertThat(applied.out()).contains("1 Contact to adopt, 1 participant to get a new Contact");

    Result next = site.nextMorning("sync");
    assertThat(next.exitCode()).as(next.out()).isZero();
    assertThat(record(second)).containsEntry("HP_PMI_ID__c", person.pmiId());
    assertThat(site.trailOf(3)).containsEntry("contact.adopt.done", 1L);
    assertThat(record(relative)).doesNotContainKey("HP_PMI_ID__c");
    assertThat(site.org.records("Contact").filter(r -> other.pmiId().equals(r.get("HP_PMI_ID__c"))))
        .hasSize(1);
    Result again = site.run("review", "--apply", "review.csv");
    assertThat(again.exitCode()).isEqualTo(5);
    assertThat(again.out()).contains("has a Contact already", "it is not doubtful any more");

    assertThat(site.run("undo", "3").exitCode()).isIn(0, 5);
    assertThat(record(second)).doesNotContainKey("HP_PMI_ID__c");
  }

  private void assertOddAnswersAreRefused(
      Path file, String pmiId, String first, String second, String relative) throws Exception {
    mark(file, Map.of(first, "no", second, "", relative, ""));
    assertThat(refused()).contains("another Contact that may be theirs has no answer");
    mark(file, Map.of(first, "", second, "yes", relative, ""));
    String answered = Files.readString(file);
    String line = answered.lines().filter(l -> l.contains(second)).findFirst().orElseThrow();
    Files.writeString(file, answered + line.replace("yes", "no") + "\n");
    assertThat(refused()).contains("one line says yes and another no");
    Files.writeString(file, answered + line.replace(second, first) + "\n");
    assertThat(refused()).contains("two Contacts are said to be one participant's");
    Files.writeString(file, answered.replace(second, relative));
    assertThat(refused()).contains("none of those that may be theirs").doesNotContain(pmiId);
    Files.writeString(file, answered);
    mark(file, Map.of(second, "", relative, ""));
  }

  private String refused() {
    Result odd = site.run("review", "--apply", "review.csv");
    assertThat(odd.exitCode()).as(odd.out() + odd.err()).isEqualTo(5);
    assertThat(odd.out()).contains("Noted: 0 Contacts to adopt, 0 participants");
    return odd.out();
  }

  /** A doubled line says what it said; a byte order mark, tabs and semicolons say nothing. */
  private void assertSpreadsheetsFormsAreRead(Path file, Map<String, String> answers)
      throws Exception {
    String plain = Files.readString(file);
    mark(file, answers);
    String marked = Files.readString(file);
    String doubled = marked + marked.lines().skip(1).collect(Collectors.joining("\n")) + "\n";
    for (byte[] bytes :
        List.of(
            ("\ufeff" + marked).getBytes(StandardCharsets.UTF_8),
            ("\ufeff" + marked.replace(',', '\t')).getBytes(StandardCharsets.UTF_16LE),
            marked
                .replace("; ", " ")
                .replace(',', ';')
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8),
            (marked + ",,,,,,M\u00fcller\n").getBytes(StandardCharsets.ISO_8859_1),
            (marked + "P012345678\n").getBytes(StandardCharsets.UTF_8),
            doubled.getBytes(StandardCharsets.UTF_8))) {
      Files.write(file, bytes);
      Result applied = site.run("review", "--apply", "review.csv");
      assertThat(applied.exitCode()).as(applied.out() + applied.err()).isZero();
      assertThat(applied.out()).contains("1 Contact to adopt, 1 participant to get a new Contact");
    }
    Files.writeString(file, plain);
  }

  private static void mark(Path file, Map<String, String> decisions) throws Exception {
    List<String> marked = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      List<String> cells = new ArrayList<>(List.of(line.split(",", -1)));
      if (decisions.containsKey(cells.get(1))) {
        cells.set(5, decisions.get(cells.get(1)));
      }
      marked.add(String.join(",", cells));
    }
    Files.write(file, marked);
  }

  @Test
  void sync_withoutTheFieldsThatAreCompared_saysSo() {
    marketing(newcomers.get(0), "");
    switchOn("contact.fields { Email = off, Phone = off }");

    Result sync = site.run("sync", "--initial-load");

    assertThat(sync.exitCode()).isEqualTo(3);
    assertThat(sync.err()).contains("adoption.enabled").contains("FirstName");
  }
}
