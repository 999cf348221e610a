package edu.cumc.aou.simulator.salesforce.fault;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.org.Draft;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.Row;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets writes of chosen records fail, so and so many times. Not thread-safe. */
final class RowFault {
  private final String object;
  private final String field;
  private final String value;
  private final ApiException error;
  private int left;

  RowFault(String object, String field, String value, int times, ApiException error) {
    this.object = object;
    this.field = field;
    this.value = value;
    this.error = error;
    this.left = times;
  }

  /** The error of a write, which counts; empty if the fault does not mean it, or no longer. */
  Optional<ApiException> strike(Draft draft, Optional<Row> present) {
    if (left == 0 || !draft.type().name().equalsIgnoreCase(object)) {
      return Optional.empty();
    }
    Optional<Field> chosen = draft.type().field(field);
    boolean meant =
        chosen
            .map(
                one ->
                    isValue(draft.values().get(one))
                        || present.map(row -> isValue(row.get(one))).orElse(false))
            .orElse(false);
    if (!meant) {
      return Optional.empty();
    }
    left--;
    return Optional.of(error);
  }

  private boolean isValue(@Nullable Object actual) {
    return actual != null && actual.toString().strip().equalsIgnoreCase(value);
  }
}
