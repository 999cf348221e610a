package edu.cumc.aou.sync.testing;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SentValues;
import java.util.Map;
import java.util.TreeMap;

/** Invented people, numbered: the same number is always the same person. */
public final class TestParticipants {

  private TestParticipants() {}

  /** {@code P0########}. */
  public static PmiId pmiId(int number) {
    return new PmiId(pmiText(number));
  }

  /** The text of {@link #pmiId}. */
  public static String pmiText(int number) {
    return String.format("P0%08d", number);
  }

  /** A Contact's id; ids are ordered as their numbers are. */
  public static ContactId contactId(int number) {
    return new ContactId(String.format("003TEST%08d", number));
  }

  /** A journey's id, likewise. */
  public static JourneyId journeyId(int number) {
    return new JourneyId(String.format("006TEST%08d", number));
  }

  /** Field values from names and texts in turn. */
  public static FieldValues values(String... namesAndTexts) {
    Map<FieldName, FieldValue> values = new TreeMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      values.put(new FieldName(namesAndTexts[i]), new FieldValue(namesAndTexts[i + 1]));
    }
    return FieldValues.of(values);
  }

  /** The mark of one field; Salesforce stored another value than we sent. */
  public static SentValues mark(String field, String sent, String made) {
    return SentValues.of(Map.of(new FieldName(field), new SentValues.Mark(sent, made, "", 0)));
  }
}
