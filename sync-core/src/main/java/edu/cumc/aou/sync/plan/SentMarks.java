package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.ValueHash;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SentValues.Mark;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the marks that remember what was sent. */
public final class SentMarks {

  private SentMarks() {}

  /** The marks of a change that was just sent, before Salesforce shows what it made of it. */
  public static SentValues of(Change sent) {
    SortedMap<FieldName, Mark> marks = new TreeMap<>();
    sent.newValues()
        .asMap()
        .forEach(
            (field, value) ->
                marks.put(
                    field,
                    Mark.justSent(
                        ValueHash.of(value),
                        // Nobody saw the old values of a record that did not exist yet.
                        sent.oldValues().contains(field)
                            ? ValueHash.of(sent.oldValues().get(field))
                            : "")));
    return SentValues.of(marks);
  }
}
