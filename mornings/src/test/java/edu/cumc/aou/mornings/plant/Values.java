package edu.cumc.aou.mornings.plant;

import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Values on their way. */
record Values(FieldValues values) {

  Values text(String field, UnaryOperator<String> maker) {
    FieldName name = new FieldName(field);
    if (!values.contains(name) || values.get(name).isBlank()) {
      return this;
    }
    return new Values(
        values.with(
            FieldValues.of(Map.of(name, new FieldValue(maker.apply(values.get(name).text()))))));
  }

  Values all(UnaryOperator<String> maker) {
    Values made = this;
    for (FieldName name : values.fields()) {
      made = made.text(name.value(), maker);
    }
    return made;
  }

  Values date(String field, int days) {
    return text(field, t -> LocalDate.parse(t).plusDays(days).toString());
  }

  Values without(String field) {
    Map<FieldName, FieldValue> rest = new TreeMap<>(values.asMap());
    rest.remove(new FieldName(field));
    return new Values(FieldValues.of(rest));
  }

  /** Makes other values of those that are sent. */
  interface Maker {
    Values of(Values sent);
  }

  /** Each record gets the values of the one before, as when a file is read by position. */
  static final class Shifted implements Maker {
    private FieldValues before = FieldValues.empty();

    @Override
    public Values of(Values sent) {
      FieldName city = new FieldName("FirstName");
      FieldName last = new FieldName("LastName");
      FieldValues made = sent.values();
      for (FieldName name : List.of(city, last)) {
        if (made.contains(name) && before.contains(name)) {
          made = made.with(FieldValues.of(Map.of(name, before.get(name))));
        }
      }
      before = sent.values();
      return new Values(made);
    }
  }
}
