package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.ValueHash;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SentValues.Mark;
import java.util.SortedMap;
import java.util.TreeMap;

/** The marks that remember what was sent. */
public final class SentMarks {

  private SentMarks() {}

  /** The marks of what a change just sent; what Salesforce makes of it is not known yet. */
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
                        // of a record that was yet to come nobody knew what it would show
                        sent.oldValues().contains(field)
                            ? ValueHash.of(sent.oldValues().get(field))
                            : "")));
    return SentValues.of(marks);
  }
}
