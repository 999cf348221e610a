package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.config.Similar;
import edu.cumc.aou.sync.mapping.FieldRule;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.SourceRelation;
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
 * status, of second lines, and of optional fields; and which of its columns feeds a field that
 * names several. A run remembers those that it read, because a column that is gone says of nobody
 * what it said before: who withdrew would count as active. Immutable.
 *
 * @since 0.2.0
 */
public final class KnownColumns {

  /** Begins the name of the count that remembers a column. */
  private static final String PREFIX = "column.";

  private final List<StatusMeaning.Column> ofStatus;
  private final List<OfField> secondLines = new ArrayList<>();
  private final List<OfField> optional = new ArrayList<>();
  private final List<Choice> choices = new ArrayList<>();

  /** What feeds a field under this name is not the one that was meant by another. */
  private final Set<String> mapped = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private final List<SourceColumns> relations;

  /** A column that one relation alone is asked for. */
  private record OfField(StatusMeaning.Column column, SourceColumns relation) {

    boolean isThere() {
      return relation.find(column.name()).isPresent();
    }

    String count() {
      return KnownColumns.count(column, relation);
    }
  }

  /** Several columns of which the first that exists feeds a field. */
  private record Choice(String setting, List<String> columns, SourceColumns relation) {

    Stream<String> there() {
      // Two of the names may be one column in another case.
      return columns.stream().flatMap(column -> relation.find(column).stream()).distinct();
    }

    /** The count that remembers that this column feeds the field. */
    String count(String column) {
      return PREFIX + "for-" + setting + "." + column.toLowerCase(Locale.ROOT);
    }

    /** The column that the last good run read, if another feeds the field now. */
    Optional<String> left(Tallies lastGood) {
      return there().skip(1).filter(column -> lastGood.get(count(column)) > 0).findFirst();
    }
  }

  /** Looks for the columns that the rules name. */
  public KnownColumns(StatusRules rules, List<SourceColumns> relations) {
    this.ofStatus = rules.all();
    this.relations = List.copyOf(relations);
  }

  /** The same with those that the fields of these mappings can do without. */
  public KnownColumns(
      StatusRules rules,
      SourceColumns contacts,
      Mapping contactMapping,
      SourceColumns journeys,
      Mapping journeyMapping) {
    this(rules, List.of(contacts, journeys));
    add(contacts, contactMapping);
    add(journeys, journeyMapping);
  }

  private void add(SourceColumns relation, Mapping mapping) {
    for (FieldRule rule : mapping.rules()) {
      String setting = mapping.section() + "." + rule.field();
      mapped.addAll(rule.columns());
      rule.secondLine().forEach(c -> secondLines.add(of(setting + ".second-line", c, relation)));
      choices.add(new Choice(setting, rule.columns(), relation));
      choices.add(new Choice(setting + ".second-line", rule.secondLine(), relation));
      if (rule.optional()) {
        rule.columns().forEach(c -> optional.add(of(setting, c, relation)));
      }
    }
  }

  private static OfField of(String setting, String column, SourceColumns relation) {
    return new OfField(new StatusMeaning.Column(setting, column), relation);
  }

  /** The counts that remember the columns which are there. */
  public Tallies remembered() {
    Stream<String> status =
        ofStatus.stream()
            .flatMap(
                column ->
                    Stream.concat(
                        Stream.of(count(column)).filter(count -> isThere(column)),
                        relations.stream()
                            .filter(relation -> relation.find(column.name()).isPresent())
                            .map(relation -> count(column, relation))));
    Stream<String> ofFields =
        Stream.concat(secondLines.stream(), optional.stream())
            .filter(OfField::isThere)
            .map(OfField::count);
    Stream<String> chosen =
        choices.stream()
            .filter(choice -> choice.columns().size() > 1)
            .flatMap(choice -> choice.there().limit(1).map(choice::count));
    return Tallies.of(
        Stream.of(status, ofFields, chosen)
            .flatMap(Function.identity())
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
    Stream<StatusMeaning.Column> status =
        ofStatus.stream().filter(c -> !isThere(c) && lastGood.get(count(c)) > 0);
    Stream<StatusMeaning.Column> ofFields =
        Stream.concat(
                secondLines.stream(),
                optional.stream().filter(field -> misspelt(field.column()).isPresent()))
            .filter(field -> isLost(field, lastGood))
            .map(OfField::column);
    return Stream.concat(status, ofFields).map(this::trip).toList();
  }

  /**
   * The columns of the status that both relations had in the last good run, and that one of them
   * has lost: the other may not tell everything.
   *
   * @param lastGood the counts of that run
   * @param approval what to do if the loss is meant
   */
  public List<GuardTrip> halfGone(Tallies lastGood, String approval) {
    List<GuardTrip> trips = new ArrayList<>();
    for (StatusMeaning.Column column : ofStatus) {
      relations.stream()
          .filter(r -> isThere(column) && r.find(column.name()).isEmpty())
          .filter(r -> lastGood.get(count(column, r)) > 0)
          .map(
              r ->
                  new GuardTrip(
                      column.setting(),
                      "the "
                          + word(r)
                          + " relation no longer has the column "
                          + column.name()
                          + ", which the last good run read there; only the other relation tells it"
                          + " now; bring it back, or if that is enough, "
                          + approval))
          .forEach(trips::add);
    }
    return trips;
  }

  /**
   * The fields that read another of their columns than the last good run did, although that one is
   * still there: the new one may be empty yet, and would clear the field of everybody.
   *
   * @param lastGood the counts of that run
   * @param approval what to do if the change is meant
   */
  public List<GuardTrip> moved(Tallies lastGood, String approval) {
    List<GuardTrip> trips = new ArrayList<>();
    for (Choice choice : choices) {
      choice
          .left(lastGood)
          .map(
              left ->
                  new GuardTrip(
                      choice.setting(),
                      "the source has the column "
                          + choice.there().findFirst().orElse("")
                          + " now, which comes before "
                          + left
                          + ", the column that the last good run read; if the new one is filled, "
                          + approval
                          + "; otherwise name "
                          + left
                          + " alone, or take the new column out of the view"))
          .ifPresent(trips::add);
    }
    return trips;
  }

  /**
   * What to say of the optional fields whose column the last good run still read: Salesforce keeps
   * the values that it has.
   *
   * @param lastGood the counts of that run
   */
  public List<String> leftOut(Tallies lastGood) {
    return optional.stream()
        .filter(field -> isLost(field, lastGood))
        .map(OfField::column)
        .map(
            column ->
                column.setting()
                    + " is left out from now on, because the source no longer has the column "
                    + column.name()
                    + "; Salesforce keeps the values that it has")
        .toList();
  }

  private static boolean isLost(OfField field, Tallies lastGood) {
    return !field.isThere() && lastGood.get(field.count()) > 0;
  }

  /** The columns that no relation has, those of optional fields left out. */
  public List<StatusMeaning.Column> missing() {
    return Stream.concat(
            ofStatus.stream().filter(column -> !isThere(column)),
            secondLines.stream().filter(field -> !field.isThere()).map(OfField::column))
        .toList();
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
        .filter(name -> ofStatus.stream().noneMatch(c -> c.name().equalsIgnoreCase(name)))
        .filter(
            name -> secondLines.stream().noneMatch(f -> f.column().name().equalsIgnoreCase(name)))
        .toList();
  }

  private boolean isThere(StatusMeaning.Column column) {
    return relations.stream().anyMatch(relation -> relation.find(column.name()).isPresent());
  }

  private static String count(StatusMeaning.Column column) {
    return PREFIX + column.name().toLowerCase(Locale.ROOT);
  }

  private static String count(StatusMeaning.Column column, SourceColumns relation) {
    return PREFIX + "of-" + word(relation) + "." + column.name().toLowerCase(Locale.ROOT);
  }

  private static String word(SourceColumns relation) {
    return relation.relation() == SourceRelation.CONTACTS ? "contact" : "journey";
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
