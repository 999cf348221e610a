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
 * The values of a restricted picklist, found in any case and spacing: two spellings of one value
 * are one value. Immutable.
 */
final class Picklist {

  private static final String AMBIGUOUS = "";

  private final boolean several;
  private final Set<String> values;
  private final Map<String, String> spellings = new HashMap<>();

  Picklist(FieldInfo field) {
    this.several = field.kind() == FieldKind.MULTI_PICKLIST;
    this.values = field.picklistValues();
    for (String value : values) {
      spellings.merge(folded(value), value, (a, b) -> AMBIGUOUS);
    }
  }

  /** The picklist's own spelling; empty for a value that it does not offer. */
  Optional<String> spelling(String text) {
    if (!several) {
      return one(text);
    }
    List<String> spelled = new ArrayList<>();
    for (int start = 0; start <= text.length(); ) {
      int semicolon = text.indexOf(';', start);
      int end = semicolon < 0 ? text.length() : semicolon;
      Optional<String> known = one(text.substring(start, end));
      if (known.isEmpty()) {
        return Optional.empty();
      }
      spelled.add(known.get());
      start = end + 1;
    }
    // in the order in which Salesforce's own value is compared
    return Optional.of(spelled.stream().sorted().distinct().collect(Collectors.joining(";")));
  }

  private Optional<String> one(String text) {
    if (values.contains(text)) {
      return Optional.of(text);
    }
    return Optional.ofNullable(spellings.get(folded(text))).filter(s -> !s.equals(AMBIGUOUS));
  }

  /** Upper case first: some letters meet only there. */
  private static String folded(String text) {
    return Texts.spaced(text).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
