package edu.cumc.aou.mornings.life;

import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Rec;
import edu.cumc.aou.mornings.judge.FieldTable;
import edu.cumc.aou.mornings.judge.FieldTable.Field;
import edu.cumc.aou.mornings.world.Site;
import edu.cumc.aou.sync.testing.Draw;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the staff and the org's automations do. */
final class Hands {

  private static final String PMI = "HP_PMI_ID__c";

  /** What the staff may write: no picklists, and no checkboxes. */
  private static final List<Field> EDITED =
      FieldTable.all().stream()
          .filter(f -> Set.of("text", "email", "date", "number").contains(f.holds()))
          .filter(f -> !f.name().startsWith("HP_") || !f.contact())
          .filter(f -> !f.name().equals("HP_Samples_for_DNA_Received__c"))
          .toList();

  private final Site site;
  private final Town town;
  private final Set<String> refused = new HashSet<>();
  private final Set<String> rewritten = new HashSet<>();
  private final Set<String> edited = new HashSet<>();
  private final Set<String> insisted = new HashSet<>();

  private boolean keyCleared;

  Hands(Site site, Town town) {
    this.site = site;
    this.town = town;
  }

  Set<String> refused() {
    return refused;
  }

  Set<String> rewritten() {
    return rewritten;
  }

  /** Fields that were changed more than once, of any participant. */
  Set<String> insisted() {
    Set<String> all = new HashSet<>(insisted);
    all.addAll(rewritten);
    return all;
  }

  /** Lets it happen; gives the ids of the records that it changed. */
  Set<String> act(Event event) {
    Org before = site.org();
    try {
      doIt(event, before);
    } catch (IllegalArgumentException e) {
      // the org refuses it, as it would refuse a person
      return Set.of();
    }
    return changed(before, site.org());
  }

  private static Set<String> changed(Org before, Org after) {
    Set<String> changed = new HashSet<>();
    for (boolean contact : new boolean[] {true, false}) {
      Map<String, Rec> old = contact ? before.contacts() : before.journeys();
      Map<String, Rec> now = contact ? after.contacts() : after.journeys();
      Stream.concat(old.keySet().stream(), now.keySet().stream())
          .filter(id -> !java.util.Objects.equals(old.get(id), now.get(id)))
          .forEach(changed::add);
    }
    return changed;
  }

  private void doIt(Event event, Org org) {
    String pmi = town.pmi(event.person());
    Draw draw = new Draw(event.detail());
    Optional<Rec> contact = contactOf(org, pmi, false);
    Optional<Rec> journey =
        contact.flatMap(
            c ->
                org.journeys().values().stream()
                    .filter(j -> !j.deleted())
                    .filter(j -> c.id().equals(j.fields().get("Contact__c")))
                    .findFirst());
    switch (event.kind()) {
      case STAFF_EDITS_CONTACT -> contact.ifPresent(c -> write(c, edited(c, draw), false));
      case STAFF_CLEARS_CONTACT -> contact.ifPresent(c -> write(c, edited(c, draw), true));
      case STAFF_EDITS_JOURNEY ->
          journey.ifPresent(j -> write(j, edited(j, draw), draw.percent(30)));
      case STAFF_EDITS_OTHER_FIELD ->
          contact.ifPresent(c -> site.edit(c.id(), Map.of(Site.OTHER_FIELD, "staff")));
      case STAFF_CREATES_CONTACT ->
          site.createContact(draw.one(pmi, pmi, null), Map.of("LastName", Town.MARK + "byhand"));
      case STAFF_CHANGES_OWNER -> contact.ifPresent(c -> site.changeOwner(c.id()));
      case STAFF_CHANGES_ACCOUNT -> contact.ifPresent(c -> site.changeAccount(c.id()));
      case STAFF_MAKES_LEAD -> site.createContact(null, town.asLead(event.person()));
      case STAFF_DELETES_CONTACT -> contact.ifPresent(c -> site.delete(c.id()));
      case STAFF_UNDELETES -> contactOf(org, pmi, true).ifPresent(c -> site.undelete(c.id()));
      case STAFF_ERASES -> contactOf(org, pmi, true).ifPresent(c -> site.erase(c.id()));
      case STAFF_MERGES ->
          contact.ifPresent(
              c ->
                  site.merge(
                      site.createContact(null, Map.of("LastName", Town.MARK + "survivor")),
                      c.id()));
      case STAFF_EDITS_PMI ->
          contact.ifPresent(
              c ->
                  site.edit(
                      c.id(),
                      Map.of("HP_PMI_ID__c", TestParticipants.pmiText(900 + event.detail()))));
      case STAFF_CLEARS_PMI ->
          contact.ifPresent(c -> site.edit(c.id(), Map.of("HP_PMI_ID__c", "")));
      case STAFF_DELETES_JOURNEY -> journey.ifPresent(j -> site.delete(j.id()));
      case STAFF_DOUBLES_JOURNEY -> contact.ifPresent(c -> site.createJourney(c.id()));
      case STAFF_MOVES_JOURNEY ->
          journey.ifPresent(
              j ->
                  org.contacts().values().stream()
                      .filter(c -> !c.deleted() && !c.id().equals(contact.get().id()))
                      .findFirst()
                      .ifPresent(c -> site.edit(j.id(), Map.of("Contact__c", c.id()))));
      case REWRITES -> rewrite(draw.one("MailingCity", "FirstName"));
      case CLEARS -> {
        String field = draw.one("MailingCity", "FirstName", "Phone");
        rewritten.add(field);
        site.clear(field);
      }
      case REWRITES_KEY -> rewrite("HP_PMI_ID__c");
      case CLEARS_KEY -> {
        rewritten.add(PMI);
        keyCleared = true;
        site.clear(PMI);
      }
      case REWRITES_NO_MORE -> site.rewrite(null);
      case REFUSED -> {
        refused.add(pmi);
        site.refuse(pmi, "FIELD_CUSTOM_VALIDATION_EXCEPTION");
      }
      case ACCEPTED -> site.accept(pmi);
      case JOURNEYS_NEVER -> site.journeysOfNew(0);
      case JOURNEYS_TWICE -> site.journeysOfNew(2);
      case JOURNEYS_AGAIN -> site.journeysOfNew(1);
      case LOCKED -> contact.ifPresent(c -> site.lockOnce(c.id()));
      default -> throw new IllegalStateException("not for these hands: " + event.kind());
    }
  }

  /** A field that has a value, more often than not. */
  private static Field edited(Rec record, Draw draw) {
    boolean contact = record.id().startsWith("003");
    List<Field> fields = EDITED.stream().filter(f -> f.contact() == contact).toList();
    List<Field> filled =
        fields.stream().filter(f -> record.fields().containsKey(f.name())).toList();
    return draw.one(filled.isEmpty() || draw.percent(25) ? fields : filled);
  }

  private void write(Rec record, Field field, boolean clear) {
    if (!edited.add(field.name())) {
      insisted.add(field.name());
    }
    String text =
        switch (field.holds()) {
          case "date" -> "2020-02-02";
          case "number" -> "0";
          case "email" -> "canaryqstaff@example.org";
          default -> Town.MARK + "staff";
        };
    site.edit(record.id(), Map.of(field.name(), clear && !field.required() ? "" : text));
  }

  private void rewrite(String field) {
    rewritten.add(field);
    site.rewrite(field);
  }

  private static Optional<Rec> contactOf(Org org, String pmi, boolean deleted) {
    return org.contacts().values().stream()
        .filter(c -> c.deleted() == deleted && pmi.equals(c.fields().get("HP_PMI_ID__c")))
        .findFirst();
  }

  /** Whose Contact nobody has found, though one may be there without a PMI ID. */
  boolean isUnfound(String pmi) {
    return keyCleared && contactOf(site.org(), pmi, false).isEmpty();
  }

  /** Finds out whose Contacts those without a PMI ID are, and puts it on them. */
  private void mendCleared() {
    for (Rec contact : site.org().contacts().values()) {
      String pmi = contact.fields().getOrDefault(Site.OTHER_FIELD, "");
      boolean cleared = contact.fields().getOrDefault(PMI, "").isEmpty();
      if (!contact.deleted() && cleared && pmi.matches("P[0-9]{9}") && isUnfound(pmi)) {
        site.edit(contact.id(), Map.of(PMI, pmi));
      }
    }
  }

  /** Switches off what strips or clears PMI IDs, and puts them right on the Contacts. */
  void mendKeys() {
    site.rewrite(null);
    mendCleared();
    for (Rec contact : site.org().contacts().values()) {
      String text = contact.fields().getOrDefault("HP_PMI_ID__c", "");
      if (!contact.deleted() && text.matches("[0-9]{9}")) {
        try {
          site.edit(contact.id(), Map.of("HP_PMI_ID__c", "P" + text));
        } catch (IllegalArgumentException e) {
          // another Contact has this PMI ID meanwhile: this one stays without
          continue;
        }
      }
    }
  }

  /** All automations as they should be, and nobody refused. */
  void rest() {
    site.rest();
    refused.forEach(site::accept);
    site.rewrite(null);
    site.journeysOfNew(1);
  }
}
