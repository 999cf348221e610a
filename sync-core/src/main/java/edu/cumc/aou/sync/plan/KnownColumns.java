package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.config.Similar;
import edu.cumc.aou.sync.mapping.FieldRule;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.SourceColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns without which a run would go on, and whether a relation has them: those of the
 * status, of second lines, and of optional fields. A run remembers those that it read, because a
 * column that is gone says of nobody what it said before: who withdrew would count as active.
 * Immutable.
 *
 * @since 0.2.0
 */
public final class KnownColumns {

  /** Begins the name of the count that remembers a column. */
  private static final String PREFIX = "column.";

  private final List<StatusMeaning.Column> named;
  private final List<StatusMeaning.Column> optional;

  /** What feeds a field under this name is not the one that was meant by another. */
  private final Set<String> mapped = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private final List<SourceColumns> relations;

  /** Looks for the columns that the rules name. */
  public KnownColumns(StatusRules rules, List<SourceColumns> relations) {
    this(rules, List.of(), relations);
  }

  /** The same with those that the fields of these mappings can do without. */
  public KnownColumns(StatusRules rules, List<Mapping> mappings, List<SourceColumns> relations) {
    List<StatusMeaning.Column> all = new ArrayList<>(rules.all());
    List<StatusMeaning.Column> mayGo = new ArrayList<>();
    for (Mapping mapping : mappings) {
      for (FieldRule rule : mapping.rules()) {
        String setting = mapping.section() + "." + rule.field();
        mapped.addAll(rule.columns());
        rule.secondLine()
            .forEach(c -> all.add(new StatusMeaning.Column(setting + ".second-line", c)));
        if (rule.optional()) {
          rule.columns().forEach(c -> mayGo.add(new StatusMeaning.Column(setting, c)));
        }
      }
    }
    this.named = List.copyOf(all);
    this.optional = List.copyOf(mayGo);
    this.relations = List.copyOf(relations);
  }

  /** The counts that remember the columns which are there. */
  public Tallies remembered() {
    return Tallies.of(
        Stream.concat(named.stream(), optional.stream())
            .filter(this::isThere)
            .map(KnownColumns::count)
            .distinct()
            .collect(Collectors.toMap(Function.identity(), count -> 1L)));
  }

  /**
   * The columns that are gone although the last good run read them and the settings still name
   * them. That of an optional field may go, unless it looks renamed.
   *
   * @param lastGood the counts of that run
   */
  public List<GuardTrip> gone(Tallies lastGood) {
    return Stream.concat(
            named.stream(), optional.stream().filter(column -> misspelt(column).isPresent()))
        .filter(column -> !isThere(column) && lastGood.get(count(column)) > 0)
        .map(this::trip)
        .toList();
  }

  /** The columns that no relation has, those of optional fields left out. */
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

  /** The columns that no setting names. */
  private List<String> free() {
    return relations.stream()
        .flatMap(relation -> relation.names().stream())
        .filter(name -> !mapped.contains(name))
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
