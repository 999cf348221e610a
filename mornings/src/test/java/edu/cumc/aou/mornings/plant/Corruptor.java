package edu.cumc.aou.mornings.plant;

import edu.cumc.aou.mornings.judge.Facts.Morning;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Rec;
import edu.cumc.aou.mornings.judge.Facts.Tables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Damage to one record of the org or to one row of our tables, after a run has ended well. */
public enum Corruptor {
  CONTACT_DROPPED(contact(id -> null)),
  CONTACT_HIDDEN(contact(r -> new Rec(r.id(), r.fields(), true, null))),
  CONTACT_CHANGED(contact(r -> with(r, "LastName", "Somebody"))),
  CONTACT_DOUBLED(m -> org(m, doubled(m.after().contacts(), contactOf(m)), m.after().journeys())),
  JOURNEY_DROPPED(journey(id -> null)),
  JOURNEY_HIDDEN(journey(r -> new Rec(r.id(), r.fields(), true, null))),
  JOURNEY_CHANGED(journey(r -> with(r, "HP_General_Consent_Date__c", "2001-01-01"))),
  JOURNEY_DOUBLED(m -> org(m, m.after().contacts(), doubled(m.after().journeys(), journeyOf(m)))),
  ID_ROW_DROPPED(ids(row -> "")),
  ID_ROW_CHANGED(ids(row -> row.replaceFirst("003\\w+", "003XXX000000001AAA"))),
  RELATIONSHIP_DROPPED(relationship(row -> "")),
  RELATIONSHIP_CHANGED(relationship(row -> row.replaceFirst("P\\d+", "P099999999"))),
  RELATIONSHIP_DOUBLED(relationship(row -> row + "\n" + row.replaceFirst("006\\w+", "006X")));

  private final Function<Morning, Optional<Morning>> damage;

  Corruptor(Function<Morning, Optional<Morning>> damage) {
    this.damage = damage;
  }

  /** The morning as it would look with the damage; empty if it has nothing of the kind. */
  public Optional<Morning> damaged(Morning morning) {
    return damage.apply(morning);
  }

  /** A Contact of a person who has a journey in the tables and is named in no report. */
  private static Optional<Rec> contactOf(Morning morning) {
    Set<String> named = new HashSet<>(morning.causes().forgotten());
    morning.names().forEach(n -> named.add(n.pmi()));
    return morning.tables().relationship().stream()
        .map(row -> row.split(" "))
        .filter(row -> row.length == 3 && !named.contains(row[1]))
        .map(row -> morning.after().contacts().get(row[0]))
        .filter(c -> isActive(morning, c))
        .findFirst();
  }

  /** Nothing is promised of those who left, withdrew or contradict themselves. */
  private static boolean isActive(Morning morning, Rec contact) {
    return contact != null && morning.isOfActive(contact.fields().getOrDefault("HP_PMI_ID__c", ""));
  }

  private static Optional<Rec> journeyOf(Morning morning) {
    return contactOf(morning)
        .flatMap(
            c ->
                morning.after().journeys().values().stream()
                    .filter(j -> !j.deleted() && c.id().equals(j.fields().get("Contact__c")))
                    .findFirst());
  }

  private static Rec with(Rec rec, String field, String text) {
    Map<String, String> fields = new HashMap<>(rec.fields());
    fields.put(field, text);
    return new Rec(rec.id(), fields, rec.deleted(), rec.mergedInto());
  }

  private static Function<Morning, Optional<Morning>> contact(UnaryOperator<Rec> maker) {
    return m -> org(m, changed(m.after().contacts(), contactOf(m), maker), m.after().journeys());
  }

  private static Function<Morning, Optional<Morning>> journey(UnaryOperator<Rec> maker) {
    return m -> org(m, m.after().contacts(), changed(m.after().journeys(), journeyOf(m), maker));
  }

  private static Map<String, Rec> changed(
      Map<String, Rec> records, Optional<Rec> which, UnaryOperator<Rec> maker) {
    Map<String, Rec> others = new LinkedHashMap<>(records);
    which.ifPresent(
        rec -> {
          Rec made = maker.apply(rec);
          others.remove(rec.id());
          if (made != null) {
            others.put(rec.id(), made);
          }
        });
    return others;
  }

  private static Map<String, Rec> doubled(Map<String, Rec> records, Optional<Rec> which) {
    Map<String, Rec> others = new LinkedHashMap<>(records);
    which.ifPresent(
        rec -> {
          String id = rec.id().substring(0, 3) + "XXX000000002AAA";
          others.put(id, new Rec(id, rec.fields(), false, null));
        });
    return others;
  }

  private static Optional<Morning> org(
      Morning m, Map<String, Rec> contacts, Map<String, Rec> journeys) {
    Org org = new Org(contacts, journeys);
    return org.equals(m.after()) ? Optional.empty() : Optional.of(m.with(org, m.tables()));
  }

  private static Function<Morning, Optional<Morning>> ids(UnaryOperator<String> maker) {
    return m -> tables(m, new Tables(changed(m.tables().ids(), maker), m.tables().relationship()));
  }

  private static Function<Morning, Optional<Morning>> relationship(UnaryOperator<String> maker) {
    return m -> tables(m, new Tables(m.tables().ids(), changed(m.tables().relationship(), maker)));
  }

  private static Optional<Morning> tables(Morning m, Tables tables) {
    return tables.equals(m.tables()) ? Optional.empty() : Optional.of(m.with(m.after(), tables));
  }

  /** The first row becomes those that stand on the lines of the new text. */
  private static Set<String> changed(Set<String> rows, UnaryOperator<String> maker) {
    Set<String> others = new HashSet<>(rows);
    rows.stream()
        .sorted()
        .findFirst()
        .ifPresent(
            row -> {
              others.remove(row);
              maker.apply(row).lines().filter(l -> !l.isEmpty()).forEach(others::add);
            });
    return others;
  }
}
