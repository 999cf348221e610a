package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.ValueHash;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.SentValues;
import java.util.SortedMap;
import java.util.TreeMap;

/** The marks that remember what was sent. */
public final class SentMarks {

  private SentMarks() {}

  /** The marks of values that were just sent; what Salesforce makes of them is not known yet. */
  public static SentValues of(FieldValues values) {
    SortedMap<FieldName, SentValues.Mark> marks = new TreeMap<>();
    values
        .asMap()
        .forEach((field, value) -> marks.put(field, new SentValues.Mark(ValueHash.of(value), "")));
    return SentValues.of(marks);
  }
}
