package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.config.Similar;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.SourceColumns;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The columns that tell a participant's status, and whether a relation has them. A run remembers
 * those that it read, because a column that is gone tells of nobody what it told before: who
 * withdrew would count as active. Immutable.
 *
 * @since 0.2.0
 */
public final class StatusColumns {

  /** Begins the name of the count that remembers a column. */
  private static final String PREFIX = "status-column.";

  private final List<StatusMeaning.Column> named;
  private final List<SourceColumns> relations;

  /** Looks for the columns that the rules name. */
  public StatusColumns(StatusRules rules, List<SourceColumns> relations) {
    this.named = rules.all();
    this.relations = List.copyOf(relations);
  }

  /** The counts that remember the columns which are there. */
  public Tallies remembered() {
    return Tallies.of(
        named.stream()
            .filter(this::isThere)
            .map(StatusColumns::count)
            .distinct()
            .collect(Collectors.toMap(Function.identity(), count -> 1L)));
  }

  /**
   * The columns that are gone although the last good run read them and the settings still name
   * them.
   *
   * @param lastGood the counts of that run
   */
  public List<GuardTrip> gone(Tallies lastGood) {
    return named.stream()
        .filter(column -> !isThere(column) && lastGood.get(count(column)) > 0)
        .map(this::trip)
        .toList();
  }

  /** The columns that no relation has. */
  public List<StatusMeaning.Column> missing() {
    return named.stream().filter(column -> !isThere(column)).toList();
  }

  /** A free column whose name is a misspelling of this one, if there is just one. */
  public Optional<String> misspelt(StatusMeaning.Column column) {
    return Similar.nearest(column.name(), free());
  }

  /** {@code " (did you mean X?)"} with a free column, or empty text. */
  public String hint(StatusMeaning.Column column) {
    return Similar.hint(column.name(), free());
  }

  /** The columns that no setting of the status names. */
  private List<String> free() {
    return relations.stream()
        .flatMap(relation -> relation.names().stream())
        .filter(name -> named.stream().noneMatch(column -> column.name().equalsIgnoreCase(name)))
        .toList();
  }

  private boolean isThere(StatusMeaning.Column column) {
    return relations.stream().anyMatch(relation -> relation.find(column.name()).isPresent());
  }

  private static String count(StatusMeaning.Column column) {
    return PREFIX + column.name().toLowerCase(Locale.ROOT);
  }

  private GuardTrip trip(StatusMeaning.Column gone) {
    return new GuardTrip(
        gone.setting(),
        "the source no longer has the column "
            + gone.name()
            + hint(gone)
            + ", which the last good run read, so it would say of nobody what it said before; name"
            + " the right one, or take it away if it is gone for good");
  }
}
