package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.SourceRow;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The journey's fields that tell of a withdrawal, and what the source says in them.
 *
 * @param all as mapped; a withdrawn participant gets no others
 * @param columns that tell the status in either relation
 * @since 0.2.0
 */
public record WithdrawalFields(List<BoundField> all, List<String> columns) {

  public WithdrawalFields {
    all = List.copyOf(all);
    columns = List.copyOf(columns);
  }

  /**
   * The fields of a mapping. Those that show the withdrawal are overwritten under every policy:
   * {@code fill-only} would keep the old value, which says that the participant has not withdrawn.
   *
   * @param named the fields as the settings spell them
   */
  public static WithdrawalFields of(
      BoundMapping mapping, Collection<String> named, List<String> columns) {
    WithdrawalFields mapped =
        new WithdrawalFields(
            mapping.journey().stream()
                .filter(f -> named.stream().anyMatch(f.name().value()::equalsIgnoreCase))
                .toList(),
            columns);
    Set<FieldName> telling = mapped.telling();
    return new WithdrawalFields(
        mapped.all.stream().map(f -> telling.contains(f.name()) ? f.winning() : f).toList(),
        columns);
  }

  /**
   * The fields that show that the participant has withdrawn, and not just when: those that a status
   * column feeds. If there are none, all of the fields count.
   */
  public Set<FieldName> telling() {
    Set<FieldName> fed =
        all.stream()
            .filter(f -> f.columns().stream().anyMatch(this::isStatus))
            .map(BoundField::name)
            .collect(Collectors.toUnmodifiableSet());
    return fed.isEmpty()
        ? all.stream().map(BoundField::name).collect(Collectors.toUnmodifiableSet())
        : fed;
  }

  /**
   * The journey row, with the withdrawal in all of its status columns. If another column shows the
   * withdrawal, perhaps one of the contact relation, the status columns get its value. Without a
   * journey row, a row of the status columns alone; null if no column shows a withdrawal either.
   */
  @Nullable SourceRow rowOf(Participant participant) {
    SourceRow journey = participant.journey();
    Optional<Object> told =
        Stream.of(journey, participant.contact())
            .filter(Objects::nonNull)
            .flatMap(row -> columns.stream().filter(c -> tells(row, c)).map(row::value))
            .flatMap(Optional::stream)
            .findFirst();
    if (told.isEmpty()) {
      return journey;
    }
    if (journey == null) {
      List<String> status = columns.stream().distinct().toList();
      return new SourceRow(
          new SourceRow.Header(status), status.stream().map(c -> told.get()).toArray());
    }
    List<String> names = journey.columns();
    boolean isTold = names.stream().filter(this::isStatus).allMatch(name -> tells(journey, name));
    if (isTold) {
      return journey;
    }
    @Nullable Object[] values = new @Nullable Object[names.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = isStatus(names.get(i)) ? told.get() : journey.valueAt(i);
    }
    return new SourceRow(new SourceRow.Header(names), values);
  }

  private boolean isStatus(String column) {
    return columns.stream().anyMatch(column::equalsIgnoreCase);
  }

  private static boolean tells(SourceRow row, String column) {
    return StatusRules.Withdrawal.of(Cells.plain().line(row, column)) == StatusRules.Withdrawal.YES;
  }
}
