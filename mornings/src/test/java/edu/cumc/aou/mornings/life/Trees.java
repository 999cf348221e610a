package edu.cumc.aou.mornings.life;

import edu.cumc.aou.mornings.judge.Facts.Causes;
import edu.cumc.aou.mornings.judge.Facts.Morning;
import edu.cumc.aou.mornings.judge.Facts.Name;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Rec;
import edu.cumc.aou.mornings.judge.Facts.Rules;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.mornings.judge.Facts.Tables;
import edu.cumc.aou.mornings.judge.Facts.Violation;
import edu.cumc.aou.mornings.judge.FieldTable;
import edu.cumc.aou.mornings.judge.FieldTable.Field;
import edu.cumc.aou.mornings.judge.Judge;
import edu.cumc.aou.mornings.world.PlannerOnly;
import edu.cumc.aou.mornings.world.PlannerOnly.Planned;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.testing.Draw;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Source, mirror and Salesforce as three trees, and nothing between them but the planner: one of
 * the three is disturbed, and after at most three rounds all must say the same. Rounds cost next to
 * nothing, so that hundreds of thousands of disturbances are tried.
 */
public final class Trees {

  private static final int ROUNDS = 3;
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private static final List<Kind> OF_SOURCE =
      Kind.of(Kind.Actor.SOURCE).stream()
          .filter(k -> k != Kind.HALF_LOAD && k != Kind.REVERTED_LOAD)
          .toList();

  private final PlannerOnly planner;
  private final Draw draw;
  private final int people;
  private final Town town = new Town(RawRow.Type.DATE);
  private final List<String> violations = new ArrayList<>();
  private Map<String, Rec> contacts = new LinkedHashMap<>();
  private Map<String, Rec> journeys = new LinkedHashMap<>();
  private Source load = Source.EMPTY;
  private String what = "nothing";
  private int made;

  private Trees(PlannerOnly planner, long seed) {
    this.planner = planner;
    this.draw = new Draw(seed);
    this.people = draw.between(1, 3);
  }

  /** What was wrong after one of three trees was disturbed, and how often that was done. */
  public record Outcome(List<String> violations, int cases) {}

  /** Disturbs the trees of a seed some times, one after the other. */
  public static Outcome live(PlannerOnly planner, long seed) {
    Trees trees = new Trees(planner, seed);
    int cases = trees.live();
    return new Outcome(trees.violations, cases);
  }

  private int live() {
    town.settle(people);
    load = town.load(false, false);
    settle(org());
    int cases = 0;
    for (int i = draw.between(2, 8); i > 0 && violations.isEmpty(); i--) {
      Org mirror = org();
      switch (draw.below(3)) {
        case 0 -> disturbSource();
        case 1 -> mirror = disturbed(mirror, "mirror");
        default -> {
          Org disturbed = disturbed(mirror, "Salesforce");
          contacts = new LinkedHashMap<>(disturbed.contacts());
          journeys = new LinkedHashMap<>(disturbed.journeys());
          mirror = org();
        }
      }
      settle(mirror);
      cases++;
    }
    return cases;
  }

  private Org org() {
    return new Org(Map.copyOf(contacts), Map.copyOf(journeys));
  }

  /** Rounds until nothing is planned any more; the first one believes this mirror. */
  private void settle(Org firstMirror) {
    Org mirror = firstMirror;
    List<Name> names = List.of();
    for (int round = 0; round <= ROUNDS; round++) {
      Planned planned = planner.plan(mirror, load);
      names = new ArrayList<>(planned.names());
      boolean writes = false;
      for (PlannerOnly.Write write : planned.writes()) {
        if (write(write)) {
          writes = true;
        } else {
          // a run waits for the journey, and names who has none in the end
          names.add(new Name(write.pmi(), "ANOMALY", "MISSING_JOURNEY"));
        }
      }
      if (!writes && round > 0) {
        break;
      }
      if (round == ROUNDS) {
        violations.add(what + ": still planned after " + ROUNDS + " rounds " + planned.words());
      }
      mirror = org();
    }
    Morning morning =
        new Morning(
            new Rules(Map.of(), Set.of(), false, ""),
            TODAY,
            List.of(load),
            org(),
            org(),
            new Tables(Set.of(), Set.of()),
            names,
            List.of(),
            null,
            0,
            "sync",
            true,
            new Causes(Set.of(), Set.of(), Set.of(), Set.of(), false, Set.of()));
    for (Violation violation : Judge.converged(morning)) {
      violations.add(what + ": " + violation);
    }
  }

  /**
   * Salesforce takes it; a PMI ID is a unique external id there. Says whether there was a record to
   * write to.
   */
  private boolean write(PlannerOnly.Write write) {
    Map<String, Rec> records = write.contact() ? contacts : journeys;
    String id = write.id();
    if (write.contact() && id.isEmpty()) {
      id =
          contacts.values().stream()
              .filter(c -> !c.deleted() && write.pmi().equals(c.fields().get("HP_PMI_ID__c")))
              .map(Rec::id)
              .findFirst()
              .orElseGet(() -> created(write.pmi()));
    } else if (!write.contact() && id.isEmpty()) {
      id = journeyOf(write.pmi());
    }
    Rec record = records.get(id);
    if (record == null) {
      return false;
    }
    Map<String, String> fields = new HashMap<>(record.fields());
    fields.putAll(write.values());
    fields.values().removeIf(String::isEmpty);
    records.put(id, new Rec(id, fields, record.deleted(), record.mergedInto()));
    return true;
  }

  private String created(String pmi) {
    made++;
    String id = String.format("003TRE%09dAAA", made);
    contacts.put(id, new Rec(id, Map.of("HP_PMI_ID__c", pmi), false, null));
    String journey = String.format("006TRE%09dAAA", made);
    journeys.put(journey, new Rec(journey, Map.of("Contact__c", id), false, null));
    return id;
  }

  private String journeyOf(String pmi) {
    return contacts.values().stream()
        .filter(c -> !c.deleted() && pmi.equals(c.fields().get("HP_PMI_ID__c")))
        .flatMap(
            c ->
                journeys.values().stream()
                    .filter(j -> !j.deleted() && c.id().equals(j.fields().get("Contact__c"))))
        .map(Rec::id)
        .findFirst()
        .orElse("");
  }

  private void disturbSource() {
    Kind kind = draw.one(OF_SOURCE);
    what = "the source: " + kind;
    town.live(new Event(0, 1, kind, draw.between(1, people), draw.below(1_000), 0));
    load = town.load(false, false);
  }

  /** One record is gone, in the bin, cleared in a field, changed in one, or without its PMI ID. */
  private Org disturbed(Org org, String whose) {
    boolean contact = draw.percent(50);
    Map<String, Rec> records = new LinkedHashMap<>(contact ? org.contacts() : org.journeys());
    if (records.isEmpty()) {
      return org;
    }
    Rec rec =
        draw.one(records.values().stream().sorted((a, b) -> a.id().compareTo(b.id())).toList());
    Map<String, String> fields = new HashMap<>(rec.fields());
    Field field =
        draw.one(
            FieldTable.all().stream()
                .filter(f -> f.contact() == contact && f.holds().matches("text|date|email"))
                .toList());
    int how = draw.below(5);
    what = whose + ": " + (contact ? "Contact " : "journey ") + how + " " + field.name();
    switch (how) {
      case 0 -> fields.remove(field.name());
      case 1 ->
          fields.put(
              field.name(), field.holds().equals("date") ? "2020-02-02" : "staff@example.org");
      case 2 -> fields.keySet().removeIf(f -> draw.percent(50) && !f.equals("Contact__c"));
      default -> {}
    }
    if (how == 3) {
      records.remove(rec.id());
    } else {
      records.put(rec.id(), new Rec(rec.id(), fields, how == 4 || rec.deleted(), null));
    }
    return contact
        ? new Org(Map.copyOf(records), org.journeys())
        : new Org(org.contacts(), Map.copyOf(records));
  }
}
