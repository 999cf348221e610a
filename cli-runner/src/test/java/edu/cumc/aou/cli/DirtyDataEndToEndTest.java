package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.source.DirtyCase;
import edu.cumc.aou.simulator.source.DirtyCases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case that {@code generate --dirty} plants, day after day, against what arrived in the org.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirtyDataEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<DirtyDay> days = new ArrayList<>();
  private final TreeSet<String> asExpected = new TreeSet<>();
  private Map<String, String> pmiIds;
  private Site site;

  static List<DirtyCase> cases() {
    return DirtyCases.all().stream().filter(DirtyCase::isPlanted).toList();
  }

  @BeforeAll
  void liveThroughAllDays(@TempDir Path directory) throws IOException {
    site = new Site(directory, 20, true);
    // rows that are no participant are many here, and on a real site they mean a broken load
    site.configure("guards.max-rejected.number = 1000\nguards.max-withdrawals.number = 1000");
    pmiIds = DirtyCases.pmiIds(site.people());
    assertThat(site.run("init").exitCode()).isZero();
    int last = cases().stream().mapToInt(c -> c.expectedByDay().size()).max().orElseThrow();
    for (int day = 1; day <= last; day++) {
      site.day(day);
      Result result =
          day == 1 ? site.run("sync", "--initial-load", "--json") : site.run("sync", "--json");
      assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
      days.add(DirtyDay.of(site, JSON.readTree(result.out()), pmiIds.values()));
    }
  }

  @AfterAll
  void tellHowMany() {
    site.close();
    System.out.printf(
        "dirty cases: %d planted, %d as expected%n", cases().size(), asExpected.size());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void dirtyCase_endsAsExpected(DirtyCase dirty) {
    List<String> expected = dirty.expectedByDay();
    for (int day = 1; day <= expected.size(); day++) {
      check(dirty, day, expected.get(day - 1));
    }
    asExpected.add(dirty.id());
  }

  private void check(DirtyCase dirty, int day, String expected) {
    String pmiId = pmiIds.get(dirty.id());
    DirtyDay now = days.get(day - 1);
    String where = dirty.id() + ", day " + day;
    String shown = now.shown(pmiId, dirty.field());
    String before = day == 1 ? "" : days.get(day - 2).shown(pmiId, dirty.field());
    if (expected.startsWith("sent as ")) {
      String text = expected.substring("sent as ".length());
      assertThat(shown).as(where).isEqualTo(DirtyCase.decode(DirtyCase.withDigits(text, pmiId)));
      assertThat(shown).as(where + ": is new").isNotEqualTo(before);
    } else if (expected.equals("blank, not sent")) {
      assertThat(now.contacts()).as(where).containsKey(pmiId);
      assertThat(shown).as(where).isEmpty();
      assertThat(now.sent(pmiId, dirty.field())).as(where).isEmpty();
      assertThat(now.refused(pmiId)).as(where).noneMatch(r -> r.startsWith(dirty.field() + ":"));
    } else if (expected.startsWith("field refused by ")) {
      String rule = expected.substring("field refused by ".length());
      assertThat(now.contacts()).as(where).containsKey(pmiId);
      assertThat(shown).as(where).isEmpty();
      assertThat(now.refused(pmiId)).as(where).contains(dirty.field() + ":" + rule);
    } else if (expected.equals("kept")) {
      assertThat(before).as(where).isNotEmpty();
      assertThat(shown).as(where).isEqualTo(before);
      assertThat(now.sent(pmiId, dirty.field())).as(where).isEmpty();
    } else if (expected.equals("unchanged")) {
      assertThat(now.changes().get(pmiId)).as(where).isEmpty();
      assertThat(shown).as(where).isEqualTo(before);
    } else if (expected.equals("clears")) {
      assertThat(before).as(where).isNotEmpty();
      assertThat(shown).as(where).isEmpty();
      assertThat(now.sent(pmiId, dirty.field())).as(where).contains("");
    } else if (expected.startsWith("record rejected by ")) {
      checkRejected(dirty, now, pmiId, expected.substring("record rejected by ".length()), where);
    } else if (expected.startsWith("skipped as ")) {
      assertThat(now.changes().get(pmiId)).as(where).isEmpty();
      assertThat(shown).as(where).isEqualTo(before);
      assertThat(nextOf(pmiId, day, expected.substring("skipped as ".length()))).as(where).isTrue();
    } else if (expected.equals("no record")) {
      assertThat(now.contacts()).as(where).doesNotContainKey(pmiId);
      assertThat(now.changes().get(pmiId)).as(where).isEmpty();
    } else {
      throw new IllegalArgumentException(where + ": nobody knows how to check: " + expected);
    }
  }

  private void checkRejected(
      DirtyCase dirty, DirtyDay now, String pmiId, String code, String where) {
    assertThat(now.contacts()).as(where).doesNotContainKey(pmiId);
    if (code.equals("malformed-pmi-id")) {
      // no row names a person without an id: only the count must be right, see below
      assertThat(now.changes().get(pmiId)).as(where).isEmpty();
      assertThat(now.contacts().keySet()).allMatch(id -> id.matches("P0[0-9]{8}"));
    } else {
      assertThat(now.rejected(pmiId)).as(where).contains(code);
      assertThat(dirty.field()).as(where).isNotNull();
    }
  }

  /** Whether {@code explain} says after the last day why the sync passes over a participant. */
  private boolean nextOf(String pmiId, int day, String word) {
    if (day < days.size() && !days.get(day).changes().get(pmiId).isEmpty()) {
      return true;
    }
    Result result = site.run("explain", pmiId, "--json");
    try {
      JsonNode next = JSON.readTree(result.out()).at("/next");
      List<String> words = new ArrayList<>();
      next.forEach(n -> words.add(n.asText()));
      return words.contains("contact.skipped." + word);
    } catch (IOException e) {
      throw new IllegalStateException(result.out(), e);
    }
  }

  @Test
  void rowsWithoutAPmiId_areCountedOneByOne() {
    long malformed =
        cases().stream().filter(c -> c.expected().endsWith("malformed-pmi-id")).count();
    for (DirtyDay day : days) {
      assertThat(errors(day.report(), "contact", "malformed-pmi-id"))
          .as("a contact row without a PMI ID is one of REDCap alone, and no fault")
          .isEqualTo(malformed - 1);
      assertThat(errors(day.report(), "journey", "malformed-pmi-id")).isEqualTo(malformed);
    }
  }

  @Test
  void everyRow_isAccountedFor_everyDay() {
    for (DirtyDay day : days) {
      assertThat(day.report().at("/contacts/holds").asBoolean()).isTrue();
      assertThat(day.report().at("/journeys/holds").asBoolean()).isTrue();
    }
  }

  @Test
  void whatRemainsDirty_isNotSentAgain() throws IOException {
    site.time.advanceTo(site.time.instant().plusSeconds(3600));
    JsonNode again = JSON.readTree(site.run("plan", "--json").out());
    assertThat(again.at("/planned")).isEmpty();
  }

  private static long errors(JsonNode report, String object, String code) {
    for (JsonNode error : report.at("/errors")) {
      if (error.at("/object").asText().equals(object) && error.at("/code").asText().equals(code)) {
        return error.at("/count").asLong();
      }
    }
    return 0;
  }
}
