package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Staff merge Contacts of participants and others, in chains, into one another, and while a run
 * writes; they delete survivors and bring them back. After each morning each participant has one
 * Contact with one journey that show what the source says, or is named.
 */
class MergesEndToEndTest {

  private static final String PMI = "HP_PMI_ID__c";
  private static final int MORNINGS = 6;

  @TempDir private Path directory;
  private Site site;
  private Random dice = new Random(0);
  private final Map<String, String> names = new TreeMap<>();
  private final List<String> life = new ArrayList<>();

  @AfterEach
  void close() {
    site.close();
  }

  static Stream<Integer> seeds() {
    int first = Integer.getInteger("aou.merges.first", 1);
    return Stream.iterate(first, n -> n + 1).limit(Integer.getInteger("aou.merges.lives", 1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void life_ofMerges_losesNobodyWithoutAWord(int seed) {
    dice = new Random(seed);
    site = new Site(directory, 8, false, org -> org.pmiFieldUnique(seed % 2 == 0));
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    site.org
        .records("Contact")
        .filter(c -> c.containsKey(PMI))
        .forEach(c -> names.put(text(c, PMI), text(c, "LastName")));
    for (int morning = 1; morning <= MORNINGS; morning++) {
      int deeds = dice.nextInt(3);
      for (int i = 0; i < deeds; i++) {
        later();
        deed();
      }
      later();
      if (dice.nextInt(3) == 0) {
        site.edges(s -> Interposed.before(s, "write", args -> true, this::deed));
        site.source("UPDATE dbo.healthpro SET [Phone] = '212555" + (1000 + morning) + "'");
      }
      Result sync =
          dice.nextInt(3) == 0 ? site.nextMorning("sync", "--full") : site.nextMorning("sync");
      site.edges(s -> s);
      judge(sync);
      if (dice.nextInt(4) == 0) {
        site.time.advanceTo(site.time.instant().plus(Duration.ofDays(20)));
        life.add("twenty days");
      }
    }
  }

  private void later() {
    site.time.advanceTo(site.time.instant().plus(Duration.ofMinutes(30)));
  }

  private static String text(Map<String, Object> record, String field) {
    return String.valueOf(record.getOrDefault(field, ""));
  }

  private List<String> contacts(boolean ofParticipants) {
    return site.org
        .records("Contact")
        .filter(c -> c.containsKey(PMI) == ofParticipants)
        .map(c -> text(c, "Id"))
        .toList();
  }

  private String any(List<String> ids) {
    return ids.get(dice.nextInt(ids.size()));
  }

  private String plain() {
    List<String> plain = contacts(false);
    if (!plain.isEmpty() && dice.nextBoolean()) {
      return any(plain);
    }
    String id = site.org.create("Contact", Map.of("LastName", "Plain " + life.size()));
    if (dice.nextBoolean()) {
      site.org
          .records("Opportunity")
          .filter(o -> id.equals(o.get("Contact__c")))
          .map(o -> text(o, "Id"))
          .toList()
          .forEach(site.org::delete);
    }
    return id;
  }

  private void deed() {
    List<String> theirs = contacts(true);
    if (theirs.size() < 2) {
      return;
    }
    String one = any(theirs);
    String other = any(theirs);
    switch (dice.nextInt(9)) {
      case 0, 1 -> merge(plain(), one);
      case 2 -> merge(one, plain());
      case 3 -> merge(one, other);
      case 4 -> {
        // Staff choose the PMI ID of the Contact that goes.
        String pmiId = text(site.record("Contact", other), PMI);
        if (merge(one, other)) {
          site.org.edit(one, Map.of(PMI, pmiId));
          life.add("with the PMI ID of the loser");
        }
      }
      case 5 -> {
        String winner = plain();
        String pmiId = text(site.record("Contact", one), PMI);
        if (merge(winner, one)) {
          site.org.edit(winner, Map.of(PMI, pmiId));
          life.add("with the PMI ID of the loser");
        }
      }
      case 6 -> {
        String first = plain();
        merge(first, one);
        String second = site.org.create("Contact", Map.of("LastName", "Second " + life.size()));
        merge(second, first);
      }
      case 7 -> {
        String winner = plain();
        merge(winner, one);
        site.org.delete(winner);
        life.add("the winner deleted");
      }
      default -> {
        site.org.delete(one);
        life.add("deleted");
        if (dice.nextBoolean()) {
          site.org.undelete(one);
          life.add("and undeleted");
        }
      }
    }
  }

  private boolean merge(String winner, String loser) {
    if (winner.equals(loser)) {
      return false;
    }
    life.add("merged " + loser + " into " + winner);
    site.org.merge(winner, loser);
    return true;
  }

  private void judge(Result sync) {
    life.add("morning: exit " + sync.exitCode());
    assertThat(sync.exitCode()).as(life + sync.out() + sync.err()).isIn(0, 5);
    String named =
        site.run("failures", "--show-pmi-ids").out() + site.run("anomalies", "--show-ids").out();
    Map<String, String> amiss = new HashMap<>();
    names.forEach(
        (pmiId, name) -> {
          List<Map<String, Object>> live =
              site.org.records("Contact").filter(c -> pmiId.equals(c.get(PMI))).toList();
          if (live.size() != 1) {
            amiss.put(pmiId, live.size() + " Contacts");
          } else if (!name.equals(text(live.get(0), "LastName"))) {
            amiss.put(pmiId, "LastName " + text(live.get(0), "LastName"));
          } else {
            long journeys =
                site.org
                    .records("Opportunity")
                    .filter(o -> live.get(0).get("Id").equals(o.get("Contact__c")))
                    .count();
            if (journeys != 1) {
              amiss.put(pmiId, journeys + " journeys");
            }
          }
        });
    if (sync.exitCode() == 0) {
      assertThat(amiss).as("silent: " + life + sync.out()).isEmpty();
    }
    amiss.keySet().removeIf(named::contains);
    assertThat(amiss).as("not named: " + life + sync.out() + named).isEmpty();
  }
}
