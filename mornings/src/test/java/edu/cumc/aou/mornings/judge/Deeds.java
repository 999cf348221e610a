package edu.cumc.aou.mornings.judge;

import edu.cumc.aou.mornings.judge.Facts.Morning;
import edu.cumc.aou.mornings.judge.Facts.Rec;
import edu.cumc.aou.mornings.judge.FieldTable.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run did to the org, as the records before and after it tell. */
final class Deeds {

  /** A field that the run changed. */
  record Deed(String pmi, Field field, String value, Rec record) {}

  private static final String KEY = "HP_PMI_ID__c";
  private static final String MOVED_KEY = "DV_Enrollment__c";

  private final Morning morning;
  private final List<Deed> changes = new ArrayList<>();
  private final List<Rec> created;

  Deeds(Morning morning) {
    this.morning = morning;
    this.created =
        morning.after().contacts().values().stream()
            .filter(c -> !morning.before().contacts().containsKey(c.id()))
            .filter(c -> !isTouched(c))
            .toList();
    FieldTable.all().forEach(this::compare);
  }

  /** The Contacts that the run created. */
  List<Rec> created() {
    return created;
  }

  List<Deed> changes() {
    return changes;
  }

  /** Whether another user changed the record meanwhile. */
  boolean isTouched(Rec record) {
    return morning.causes().touched().contains(record.id());
  }

  /**
   * Whether another user changed the Contact of a journey meanwhile: it may belong to another
   * participant than when the run looked.
   */
  private boolean isOfTouchedContact(Rec record) {
    return morning.causes().touched().contains(record.text("Contact__c"));
  }

  private void compare(Field field) {
    Collection<Rec> records =
        field.contact() ? morning.after().contacts().values() : morning.after().journeys().values();
    for (Rec record : records) {
      Rec before = morning.before().find(record.id());
      String old = before == null ? "" : before.text(field.name());
      boolean initial = before == null && SourceReader.shows(field, record.text(field.name()), "");
      if (!record.text(field.name()).equals(old)
          && !initial
          && !isInitialFlag(before, field, record)
          && !isTouched(record)
          && !isOfTouchedContact(record)) {
        changes.add(new Deed(pmiOf(record), field, record.text(field.name()), record));
      }
    }
  }

  /** A checkbox of a new journey is off by itself. */
  private static boolean isInitialFlag(@Nullable Rec before, Field field, Rec record) {
    return before == null
        && field.holds().equals("boolean")
        && record.text(field.name()).equals("false");
  }

  private String pmiOf(Rec record) {
    Rec contact = morning.after().contacts().get(record.text("Contact__c"));
    return ownerOf(contact == null ? record : contact);
  }

  /**
   * The participant of a record, also where an automation strips the letter off the key, or moves
   * it to another field.
   */
  String ownerOf(Rec record) {
    if (record.pmi().isEmpty() && morning.causes().rewritten().contains(KEY)) {
      String stripped = SourceReader.key("P" + record.text(KEY));
      return SourceReader.isPmiId(stripped) ? stripped : record.text(MOVED_KEY);
    }
    return record.pmi();
  }

  /** Whether the participant had a Contact when the run began, and nobody has touched it since. */
  boolean hadContact(String pmi) {
    return morning.before().contacts().values().stream()
        .anyMatch(c -> !c.deleted() && ownerOf(c).equals(pmi) && !isTouched(c));
  }
}
