package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.ReadValue;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.SourceRow;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds journeys that show a withdrawal and would show it no more, because the source no longer has
 * it. In this programme a withdrawal is final, so an old source is more likely than a change of
 * mind.
 */
final class TakenBackWithdrawals {

  /** What the programme writes into a status column. */
  private static final List<String> WITHDRAWN = List.of("1", "true", "EARLY_OUT", "NO_USE");

  private static final List<String> NOT_WITHDRAWN = List.of("0", "false", "NOT_WITHDRAWN", "");

  /** The values by which each field shows a withdrawal, whichever words its steps give. */
  private final Map<FieldName, Set<FieldValue>> shown = new HashMap<>();

  TakenBackWithdrawals(WithdrawalFields fields, LocalDate today) {
    Set<FieldName> telling = fields.telling();
    for (BoundField field : fields.all()) {
      if (telling.contains(field.name())) {
        Set<FieldValue> values = values(field, WITHDRAWN, today);
        values.removeAll(values(field, NOT_WITHDRAWN, today));
        shown.put(field.name(), values);
      }
    }
  }

  private static Set<FieldValue> values(BoundField field, List<String> cells, LocalDate today) {
    SourceRow.Header header = new SourceRow.Header(field.columns());
    Set<FieldValue> values = new HashSet<>();
    for (String cell : cells) {
      Object[] row = Collections.nCopies(field.columns().size(), cell).toArray();
      if (field.read(new SourceRow(header, row), today) instanceof ReadValue.Value value
          && !value.value().isBlank()) {
        values.add(value.value());
      }
    }
    return values;
  }

  /** Whether these changes to the journey of an active participant take a withdrawal back. */
  boolean isAmong(FieldDiff diff) {
    return shown.entrySet().stream()
        .filter(field -> diff.newValues().contains(field.getKey()))
        .anyMatch(
            field ->
                field.getValue().contains(diff.oldValues().get(field.getKey()))
                    || isDayThatGoes(
                        diff.oldValues().get(field.getKey()),
                        diff.newValues().get(field.getKey())));
  }

  private static boolean isDayThatGoes(FieldValue old, FieldValue wanted) {
    return wanted.isBlank() && old.text().matches("\\d{4}-\\d{2}-\\d{2}.*");
  }
}
