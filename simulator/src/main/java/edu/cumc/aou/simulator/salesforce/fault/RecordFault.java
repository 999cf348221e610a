package edu.cumc.aou.simulator.salesforce.fault;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.org.Draft;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.Row;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A fault for a number of writes of chosen records. Not thread-safe. */
final class RecordFault {
  private final String text;
  private final Chosen chosen;
  private final Consumer<Draft> effect;
  private int left;
  private int matched;
  private int struck;

  /**
   * The chosen records.
   *
   * @param field the field that identifies them; empty for all
   * @param value their present or future value there, in any case; {@code *} is any value
   */
  record Chosen(String object, String field, String value) {
    boolean means(Draft draft, Optional<Row> present) {
      if (!draft.type().name().equalsIgnoreCase(object)) {
        return false;
      }
      if (field.isEmpty()) {
        return true;
      }
      return draft
          .type()
          .field(field)
          .map(
              one ->
                  isValue(draft.values().get(one))
                      || present.map(row -> isValue(row.get(one))).orElse(false))
          .orElse(false);
    }

    private boolean isValue(@Nullable Object actual) {
      return actual != null
          && (value.equals("*") || actual.toString().strip().equalsIgnoreCase(value));
    }
  }

  private RecordFault(String text, Chosen chosen, int times, Consumer<Draft> effect) {
    this.text = text;
    this.chosen = chosen;
    this.left = times;
    this.effect = effect;
  }

  /** Refuses the records. */
  static RecordFault refusing(String text, Chosen chosen, int times, ApiException error) {
    return new RecordFault(
        text,
        chosen,
        times,
        draft -> {
          throw error;
        });
  }

  /** Replaces the sent value of a field. */
  static RecordFault rewriting(String text, Chosen chosen, int times, String field, String to) {
    return new RecordFault(
        text,
        chosen,
        times,
        draft -> draft.type().field(field).ifPresent(one -> rewrite(draft, one, to)));
  }

  private static void rewrite(Draft draft, Field field, String to) {
    Object sent = draft.values().get(field);
    if (sent == null) {
      return;
    }
    String text = sent.toString();
    draft
        .values()
        .put(
            field,
            switch (to) {
              case "upper" -> text.toUpperCase(Locale.ROOT);
              case "lower" -> text.toLowerCase(Locale.ROOT);
              case "digits" -> text.replaceAll("\\D", "");
              case "blank" -> null;
              default -> to;
            });
  }

  Faults.Tally tally() {
    return new Faults.Tally(text, matched, struck);
  }

  /**
   * Strikes if the record is chosen and there are times left.
   *
   * @throws ApiException if the record is to be refused
   */
  void strike(Draft draft, Optional<Row> present) {
    if (chosen.means(draft, present)) {
      matched++;
      if (left > 0) {
        left--;
        struck++;
        effect.accept(draft);
      }
    }
  }
}
