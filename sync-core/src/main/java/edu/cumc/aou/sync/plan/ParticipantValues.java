package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.mapping.ValueHash;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.SourceRow;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All values that we would send for a participant if Salesforce had nothing yet. Personal data. */
public record ParticipantValues(FieldValues contact, FieldValues journey) {

  /** The values of these rows; {@code today} is the day in the local zone. */
  public static ParticipantValues of(
      BoundMapping mapping, Participant participant, LocalDate today) {
    return new ParticipantValues(
        valuesOf(mapping.contact(), participant.contact(), today),
        valuesOf(mapping.journey(), participant.journey(), today));
  }

  private static FieldValues valuesOf(
      List<BoundField> fields, @Nullable SourceRow row, LocalDate today) {
    return row == null ? FieldValues.empty() : FieldDiff.ofNew(fields, row, today).newValues();
  }

  /** A different hash means that the source has changed. */
  public String hash() {
    return ValueHash.of(contact) + ValueHash.of(journey);
  }

  /** Whether the source still has all the values that were sent; a blank counts as absent. */
  public boolean stillSay(CrmObject object, FieldValues sent) {
    FieldValues values = object == CrmObject.CONTACT ? contact : journey;
    return sent.asMap().entrySet().stream()
        .allMatch(e -> values.get(e.getKey()).equals(e.getValue()));
  }

  @Override
  public String toString() {
    return "ParticipantValues[hidden]";
  }
}
