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
   * The fields of a mapping. Those that tell of a withdrawal take its value under each policy:
   * {@code fill-only} would go on to show that somebody has not withdrawn.
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
   * The fields that show that the participant has withdrawn, and not just when: those fed by a
   * column of the status. If there are none, any of the fields shows it.
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
   * What the source says of a withdrawal in the columns of the journey relation. If only another
   * column tells of it, perhaps one of the contact relation, its value stands in the columns of the
   * status. The same row if the journey row tells of it everywhere; null without any row to read.
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
