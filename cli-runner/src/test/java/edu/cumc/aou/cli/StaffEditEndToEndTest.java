package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.org.SavedRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Staff, triggers and nightly jobs change in Salesforce what the sync has sent: over mornings. */
class StaffEditEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CITY = "MailingCity";
  private static final String CONSENT = "HP_General_Consent_Status__c";

  @TempDir private Path directory;
  private Site site;
  private Consumer<SavedRecord> trigger = saved -> {};
  private String contact;
  private String journey;

  @BeforeEach
  void threeMornings_takeEverythingOver() {
    site = new Site(directory, 30, false, org -> org.automation(saved -> trigger.accept(saved)));
    site.run("init");
    firstLoad();
    assertThat(morning().exitCode()).isZero();
    assertThat(morning().exitCode()).isZero();
  }

  private void firstLoad() {
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    Map<String, Object> somebody =
        site.org
            .records("Opportunity")
            .filter(o -> isOne(o.get(CONSENT)) && o.get("Contact__c") != null)
            .filter(
                o -> site.record("Contact", String.valueOf(o.get("Contact__c"))).containsKey(CITY))
            .findFirst()
            .orElseThrow();
    journey = String.valueOf(somebody.get("Id"));
    contact = String.valueOf(somebody.get("Contact__c"));
  }

  private static boolean isOne(Object flag) {
    return flag != null && String.valueOf(flag).startsWith("1");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Result morning(String... more) {
    return site.nextMorning(
        Stream.concat(Stream.of("sync"), Arrays.stream(more)).toArray(String[]::new));
  }

  private Object shown(String field) {
    String id = field.equals(CONSENT) ? journey : contact;
    return site.record(field.equals(CONSENT) ? "Opportunity" : "Contact", id).get(field);
  }

  private String pmiId() {
    return String.valueOf(shown("HP_PMI_ID__c"));
  }

  private void staffEdits(String field, Object value) {
    site.time.advanceTo(site.time.instant().plus(Duration.ofHours(4)));
    site.org.edit(field.equals(CONSENT) ? journey : contact, Map.of(field, value));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void edit_ofContactAndJourney_isCorrected_andNeverToldAsATrigger(boolean full) {
    Object name = shown("LastName");
    Object consent = shown(CONSENT);
    staffEdits("LastName", "Otherwise");
    staffEdits(CONSENT, consent instanceof Number ? (Object) 0 : "0");

    Result corrected = full ? morning("--full") : morning();

    assertThat(corrected.exitCode()).as(corrected.out()).isZero();
    assertThat(corrected.out()).doesNotContain("NOT_TAKEN_OVER").contains("updated");
    assertThat(shown("LastName")).isEqualTo(name);
    assertThat(shown(CONSENT)).isEqualTo(consent);
    Result next = morning();
    assertThat(next.exitCode()).isZero();
    assertThat(next.out()).doesNotContain("updated", "NOT_TAKEN_OVER");
  }

  @Test
  void edit_ofAFieldThatIsOnlyFilledIn_stays_andABlankOfItIsFilled() {
    Object city = shown(CITY);
    site.configure("contact.fields.MailingCity.policy = fill-only\n");
    staffEdits(CITY, "Elsewhere");
    assertThat(morning().exitCode()).isZero();
    assertThat(shown(CITY)).isEqualTo("Elsewhere");

    staffEdits(CITY, "");
    assertThat(morning().exitCode()).isZero();
    assertThat(shown(CITY)).isEqualTo(city);
  }

  @Test
  void trigger_thatRewritesWhatIsSent_isToldByTheSameRun_andNothingIsSentUntilARetry()
      throws Exception {
    Object city = shown(CITY);
    trigger = saved -> rewriteCity(saved, "REWRITTEN");
    staffEdits(CITY, "Elsewhere");

    Result first = morning();
    assertThat(first.exitCode()).isEqualTo(5);
    assertThat(first.out())
        .contains("NOT_TAKEN_OVER  1  1 new", "aou-sync retry --kind NOT_TAKEN_OVER");
    assertThat(shown(CITY)).isEqualTo("REWRITTEN");

    JsonNode second = JSON.readTree(morning("--json").out());
    assertThat(second.path("exitCode").asInt()).isEqualTo(5);
    assertThat(second.path("planned")).isEmpty();
    assertThat(second.at("/anomalies/0/kind").asText()).isEqualTo("NOT_TAKEN_OVER");
    assertThat(second.at("/anomalies/0/new").asInt()).isZero();

    trigger = saved -> {};
    Result retry = site.run("retry", pmiId());
    assertThat(retry.exitCode()).as("mended: " + retry.out()).isZero();
    assertThat(retry.out()).doesNotContain("NOT_TAKEN_OVER");
    assertThat(shown(CITY)).isEqualTo(city);
    assertThat(morning().exitCode()).as(retry.out()).isZero();
  }

  @Test
  void retry_ofAKind_sendsToEverybody_whenTheTriggerIsMended() {
    Map<String, Object> cities = citiesThatATriggerRewrites(Integer.MAX_VALUE);
    trigger = saved -> {};

    Result one = site.run("retry", pmiId(), "--kind", "NOT_TAKEN_OVER", "--kind", "CHANGED_BACK");
    assertThat(one.out()).contains("NOT_TAKEN_OVER  " + (cities.size() - 1));
    assertThat(shown(CITY)).isEqualTo(cities.get(contact));
    Result none = site.run("retry", pmiId(), "--kind", "NOT_TAKEN_OVER");
    assertThat(none.exitCode()).isZero();
    assertThat(none.out()).contains("Nobody to retry: no anomaly that fits is open");

    Result all = site.run("retry", "--kind", "NOT_TAKEN_OVER");

    assertThat(all.exitCode()).as(all.out() + all.err()).isZero();
    cities.forEach((id, city) -> assertThat(site.record("Contact", id)).containsEntry(CITY, city));
    assertThat(morning().exitCode()).isZero();
  }

  /** What a trigger makes of our filling in is nobody's value, and no policy keeps it. */
  @Test
  void trigger_ofAFieldThatIsOnlyFilledIn_isToldEachMorning_untilARetry() {
    Object city = shown(CITY);
    site.configure("contact.fields.MailingCity.policy = fill-only\n");
    site.time.advanceTo(site.time.instant().plus(Duration.ofHours(4)));
    site.org.edit(contact, Collections.singletonMap(CITY, null));
    trigger = saved -> rewriteCity(saved, "REWRITTEN");

    for (int day = 1; day <= 3; day++) {
      Result told = morning();

      assertThat(told.exitCode()).as("day " + day + told.out()).isEqualTo(5);
      assertThat(told.out()).contains("NOT_TAKEN_OVER  1");
      assertThat(shown(CITY)).isEqualTo("REWRITTEN");
    }
    trigger = saved -> {};
    assertThat(site.run("retry", "--kind", "NOT_TAKEN_OVER").exitCode()).isZero();
    assertThat(shown(CITY)).isEqualTo(city);
    staffEdits(CITY, "Elsewhere");
    assertThat(site.run("retry", pmiId()).exitCode()).isZero();
    assertThat(morning().exitCode()).isZero();
    assertThat(shown(CITY)).isEqualTo("Elsewhere");
  }

  /** The retry of a whole kind may be too much for a guard, and its advice leads through. */
  @Test
  void retry_ofAKindThatAGuardFindsTooMany_goesOnInSmallerPortions() {
    Map<String, Object> cities = citiesThatATriggerRewrites(5);
    trigger = saved -> {};
    site.configure("guards.max-updates { number = 2, share = 0% }\n");

    Result stopped = site.run("retry", "--kind", "NOT_TAKEN_OVER");

    assertThat(stopped.exitCode()).isEqualTo(6);
    assertThat(stopped.out())
        .contains("5 Contact updates, allowed are 2; try fewer participants at once")
        .contains("--at-most N")
        .doesNotContain("--plan");
    String[] some = {"retry", "--kind", "NOT_TAKEN_OVER", "--at-most", "2"};
    assertThat(site.run(some).out()).contains("NOT_TAKEN_OVER  3");
    Result second = site.run(some);
    assertThat(second.out()).contains("NOT_TAKEN_OVER  1");
    assertThat(second.err()).contains("2 of 3 participants are tried now");
    assertThat(site.run(some).exitCode()).isZero();
    assertThat(site.run(some).out()).contains("Nobody to retry");
    cities.forEach((id, city) -> assertThat(site.record("Contact", id)).containsEntry(CITY, city));
    assertThat(site.run("retry", pmiId(), "--at-most", "2").exitCode()).isEqualTo(2);
    assertThat(site.run("retry", "--at-most", "0").exitCode()).isEqualTo(2);
  }

  /** A person who repeats the command gets through all of them, even if nothing is mended. */
  @Test
  void retry_ofSomeThatFailAgain_beginsWithThoseTriedLeastRecently() {
    Set<String> odd = citiesThatATriggerRewrites(5).keySet();
    Set<String> tried = new TreeSet<>();
    trigger =
        saved -> {
          rewriteCity(saved, "REWRITTEN");
          if (saved.object().equals("Contact")) {
            tried.add(saved.id());
          }
        };
    String[] some = {"retry", "--kind", "NOT_TAKEN_OVER", "--at-most", "2"};

    site.run(some);
    Set<String> first = new TreeSet<>(tried);
    site.run(some);
    assertThat(tried).hasSize(4);
    site.run(some);
    assertThat(tried).isEqualTo(odd);

    assertThat(morning().exitCode()).isEqualTo(5);
    tried.removeAll(first);
    Set<String> others = new TreeSet<>(tried);
    tried.clear();
    site.run(some);
    assertThat(tried).as("one of the first was tried with the last").hasSize(2);
    assertThat(others).containsAnyElementsOf(tried);
  }

  /** Contacts and their cities: the sync corrects an edit of each, and a trigger rewrites it. */
  private Map<String, Object> citiesThatATriggerRewrites(int atMost) {
    trigger = saved -> rewriteCity(saved, "REWRITTEN");
    Map<String, Object> cities = new HashMap<>();
    site.time.advanceTo(site.time.instant().plus(Duration.ofHours(4)));
    site.org
        .records("Contact")
        .filter(c -> c.containsKey("HP_PMI_ID__c") && c.containsKey(CITY))
        .limit(atMost)
        .toList()
        .forEach(
            c -> {
              cities.put(String.valueOf(c.get("Id")), c.get(CITY));
              site.org.edit(String.valueOf(c.get("Id")), Map.of(CITY, "Elsewhere"));
            });
    assertThat(morning().out()).contains("NOT_TAKEN_OVER  " + cities.size());
    return cities;
  }

  private static void rewriteCity(SavedRecord saved, String city) {
    if (saved.object().equals("Contact")) {
      saved.set(CITY, city);
    }
  }

  @Test
  void edit_ofAValueThatATriggerMade_isCorrectedToo() {
    trigger = saved -> rewriteCity(saved, "REWRITTEN");
    staffEdits(CITY, "Elsewhere");
    assertThat(morning().exitCode()).isEqualTo(5);
    trigger = saved -> {};
    Object city = "Typed by staff";
    staffEdits(CITY, city);

    assertThat(morning().exitCode()).isZero();
    assertThat(shown(CITY)).isNotIn("REWRITTEN", city);
  }

  @Test
  void value_thatFlipsBackEachNight_isCorrectedOnce_thenTold_andNotFought() throws Exception {
    Object name = shown("LastName");
    staffEdits("LastName", "Nightly");
    assertThat(morning().exitCode()).isZero();
    assertThat(shown("LastName")).isEqualTo(name);

    staffEdits("LastName", "Nightly");
    Result second = morning();
    assertThat(second.exitCode()).isEqualTo(5);
    assertThat(second.out()).contains("CHANGED_BACK  1  1 new");
    for (int day = 0; day < 3; day++) {
      JsonNode report = JSON.readTree(morning("--json").out());
      assertThat(report.path("exitCode").asInt()).isEqualTo(5);
      assertThat(report.path("planned")).isEmpty();
    }
    assertThat(shown("LastName")).isEqualTo("Nightly");

    staffEdits("LastName", String.valueOf(name));
    assertThat(morning().exitCode()).isZero();
  }

  @Test
  void plan_beforeTheSync_doesNotCountAnEditTwice() {
    Object name = shown("LastName");
    staffEdits("LastName", "Otherwise");
    site.run("plan");
    site.run("plan");

    assertThat(morning().exitCode()).isZero();
    assertThat(shown("LastName")).isEqualTo(name);
  }
}
