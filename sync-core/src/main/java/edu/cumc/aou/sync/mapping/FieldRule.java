package edu.cumc.aou.sync.mapping;

import java.util.List;

/**
 * One field of the mapping, as configured.
 *
 * @param field the field's API name as configured
 * @param columns source columns that may feed it; the first that exists does
 * @param secondLine columns for a second line; the first that exists feeds it; empty for none
 * @param constant a value that does not come from the source; empty text for none
 * @param steps what the text goes through before its transform, in this order
 * @param sourceKind what the times in the columns are, if the field is a day or a point in time
 * @param required whether a new record without it is rejected
 * @param optional whether to leave the field out when none of its columns exists
 * @param notFuture whether to refuse a day after today
 */
public record FieldRule(
    String field,
    List<String> columns,
    List<String> secondLine,
    String constant,
    List<Step> steps,
    Transform transform,
    FieldPolicy policy,
    SourceKind sourceKind,
    boolean required,
    boolean optional,
    boolean notFuture) {

  public FieldRule {
    columns = List.copyOf(columns);
    secondLine = List.copyOf(secondLine);
    steps = List.copyOf(steps);
  }

  /** The same rule with another policy. */
  FieldRule with(FieldPolicy other) {
    return new FieldRule(
        field,
        columns,
        secondLine,
        constant,
        steps,
        transform,
        other,
        sourceKind,
        required,
        optional,
        notFuture);
  }

  /** The same columns for another field. */
  FieldRule in(String otherField, Transform otherTransform) {
    return new FieldRule(
        otherField,
        columns,
        secondLine,
        constant,
        steps,
        otherTransform,
        policy,
        sourceKind,
        required && otherTransform == transform,
        optional,
        notFuture);
  }
}
