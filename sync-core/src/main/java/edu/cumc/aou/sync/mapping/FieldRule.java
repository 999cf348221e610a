package edu.cumc.aou.sync.mapping;

import java.util.List;

/**
 * One field of the mapping as it is configured.
 *
 * @param field the field's API name as configured
 * @param columns the source columns that may feed it: the first that exists does
 * @param secondLine columns of which the first that exists is put on a second line; empty for none
 * @param constant a value that does not come from the source; empty text for none
 * @param required whether a new record without it is rejected
 * @param optional whether it is passed over when none of its columns exists
 * @param notFuture whether a day after today is refused
 */
public record FieldRule(
    String field,
    List<String> columns,
    List<String> secondLine,
    String constant,
    Transform transform,
    FieldPolicy policy,
    boolean required,
    boolean optional,
    boolean notFuture) {

  public FieldRule {
    columns = List.copyOf(columns);
    secondLine = List.copyOf(secondLine);
  }
}
