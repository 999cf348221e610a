package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The values of a picklist, found in any case and spacing, because Salesforce treats two spellings
 * as one value. An unrestricted picklist also accepts other values as they stand. Immutable.
 */
final class Picklist {

  private static final String AMBIGUOUS = "";

  private final boolean several;
  private final boolean restricted;
  private final Set<String> values;
  private final Map<String, String> spellings = new HashMap<>();

  private Picklist(FieldInfo field) {
    this.restricted = field.restricted();
    this.several = field.kind() == FieldKind.MULTI_PICKLIST;
    this.values = field.picklistValues();
    for (String value : values) {
      spellings.merge(folded(value), value, (a, b) -> AMBIGUOUS);
    }
  }

  /** Empty if the field neither offers values nor restricts them. */
  static Optional<Picklist> of(FieldInfo field) {
    boolean offers =
        (field.kind() == FieldKind.PICKLIST || field.kind() == FieldKind.MULTI_PICKLIST)
            && !field.picklistValues().isEmpty();
    return field.restricted() || offers ? Optional.of(new Picklist(field)) : Optional.empty();
  }

  /** Whether it accepts only the values that it offers. */
  boolean isRestricted() {
    return restricted;
  }

  /** Whether it offers the value, in any spelling. */
  boolean offers(String text) {
    return one(text).isPresent();
  }

  /**
   * The picklist's own spelling. A value that it does not offer stays as it is; in a restricted
   * picklist it gives empty.
   */
  Optional<String> spelling(String text) {
    if (!several) {
      return one(text).or(() -> restricted ? Optional.empty() : Optional.of(text));
    }
    List<String> spelled = new ArrayList<>();
    for (int start = 0; start <= text.length(); ) {
      int semicolon = text.indexOf(';', start);
      int end = semicolon < 0 ? text.length() : semicolon;
      String value = text.substring(start, end);
      Optional<String> known =
          one(value).or(() -> restricted ? Optional.empty() : Optional.of(value));
      if (known.isEmpty()) {
        return Optional.empty();
      }
      spelled.add(known.get());
      start = end + 1;
    }
    // The order in which Salesforce's own value is compared.
    return Optional.of(spelled.stream().sorted().distinct().collect(Collectors.joining(";")));
  }

  private Optional<String> one(String text) {
    if (values.contains(text)) {
      return Optional.of(text);
    }
    return Optional.ofNullable(spellings.get(folded(text))).filter(s -> !s.equals(AMBIGUOUS));
  }

  /** Upper case first: some letters become equal only there. */
  private static String folded(String text) {
    return Texts.spaced(text).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
