package edu.cumc.aou.sync.mapping;

import static edu.cumc.aou.sync.mapping.MappingFixtures.field;
import static edu.cumc.aou.sync.mapping.MappingFixtures.object;
import static edu.cumc.aou.sync.mapping.MappingFixtures.outcome;
import static edu.cumc.aou.sync.mapping.MappingFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.SourceFixtures;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the steps of a field make of a text, and what is said of steps that make no sense. */
class StepsTest {

  private static final FieldInfo TEXT = field("F", FieldKind.TEXT, 40);
  private static final Step.ValueTable SITES = new Step.ValueTable("dbo.sites", "code", "name");

  private static String steps(String steps, Object value) {
    return outcome(read("steps = [ " + steps + " ]", TEXT, value));
  }

  private static List<String> problems(String step, OwnTransform... own) {
    ConfigProblems problems = new ConfigProblems();
    ConfigSection field =
        ConfigSection.root(ConfigFactory.parseString("steps = [ " + step + " ]"), problems);
    StepReader.read(field, transforms(own));
    field.done();
    return problems.list();
  }

  private static OwnTransforms transforms(OwnTransform... own) {
    return new OwnTransforms(
        Arrays.stream(own)
            .collect(Collectors.toMap(OwnTransform::name, o -> new OwnTransforms.Found(o, "jar"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "upper-case | straße 1 | STRASSE 1",
        "lower-case | ABC | abc",
        "digits | (212) 555-0100 | 2125550100",
        "digits | none | ''",
        "{ prefix = \"CU-\" } | 7 | CU-7",
        "{ suffix = \"-CU\" } | 7 | 7-CU",
        "{ prefix = \"CU-\" } | '' | ''",
        "{ default = unknown } | '' | unknown",
        "{ default = unknown } | UNSET | unknown",
        "{ default = unknown } | known | known",
        "{ replace = \".\", by = \"$1\" } | a.b.c | a$1b$1c",
        "{ replace = \"x\" } | axbx | ab",
        "{ pattern = \"[0-9]+\", by = \"#\" } | a1b22 | a#b#",
        "{ pattern = \" +\" } | a  b | ab",
        "{ substring = 1, length = 2 } | abc | ab",
        "{ substring = 2 } | abc | bc",
        "{ substring = 3, length = 9 } | abc | c",
        "{ substring = 4 } | abc | ''",
        "{ substring = 9, length = 9 } | abc | ''",
        "{ map { M = Male, F = Female } } | m | Male",
        "{ map { M = Male }, unknown = refuse } | X | refused:not-in-map",
        "{ map { M = Male } } | X | refused:not-in-map",
        "{ map { M = Male }, unknown = keep } | X | X",
        "{ map { M = Male }, unknown = blank } | X | ''",
        "{ map { M = Male } } | '' | ''",
        "{ date { from = \"MM/dd/yyyy\" } } | 01/31/2026 | 2026-01-31",
        "{ date { from = \"MM/dd/yyyy HH:mm\" } } | 01/31/2026 13:05 | 2026-01-31T13:05",
        "{ date { from = \"d MMM yyyy\", to = \"yyyyMMdd\" } } | 1 FEB 2026 | 20260201",
        "{ date { to = \"MM/dd/yyyy\" } } | 2026-01-31 | 01/31/2026",
        "{ date { to = \"MM/dd/yyyy HH:mm\" } } | 2026-01-31T13:05:00 | 01/31/2026 13:05",
        "{ date { from = \"MM/dd/yyyy\" } } | 02/30/2026 | refused:not-in-form",
        "{ date { to = \"MM/dd/yyyy\" } } | soon | refused:not-in-form",
        "{ date { from = \"MM/dd/yyyy hh:mm a\" } } | 01/31/2026 01:05 PM | 2026-01-31T13:05",
        "{ date { to = \"yyyyDDD\" } } | 2026-02-01 | 2026032",
        "{ date { to = \"MM/dd/yy\" } } | 2026-02-01 | 02/01/26",
        "{ date { to = \"yyyy'Y-D'\" } } | 2026-02-01 | 2026Y-D",
        "upper-case, { prefix = \"A \" }, { substring = 1, length = 2 } | b | A",
        "{ map { M = Male } }, { prefix = a } | X | refused:not-in-map",
      })
  void step_ofEachKind(String steps, String source, String expected) {
    assertThat(steps(steps.replaceAll("(upper-case|lower-case|digits)", "{ $1 = true }"), source))
        .isEqualTo(expected);
  }

  /** One text must neither hang the run nor take the other fields of its record down. */
  @ParameterizedTest
  @CsvSource({
    "(.*)*(.*)*(.*)*[x], a, 3000",
    "(a|b)+, ab, 20000",
    "^([a-z]+[a-z]?)*$, a, 5000",
  })
  void pattern_thatTakesTooLongOnAText_refusesTheField(String pattern, String text, int times) {
    String step = "{ pattern = \"" + pattern + "\", by = z }";

    assertThat(steps(step, text.repeat(times) + "!")).isEqualTo("refused:pattern-too-slow");
  }

  /** The field is shorter than the text, so it says that the step has ended. */
  @Test
  void pattern_thatLooksOnce_readsLongTexts() {
    String text = "0" + "a1 ".repeat(50_000) + "...";

    assertThat(steps("{ pattern = \"[^0-9]\" }", text)).isEqualTo("refused:too-long");
    assertThat(steps("{ pattern = \"^0+|[ .]+$\" }", text)).isEqualTo("refused:too-long");
  }

  /** A character outside the basic plane takes two places in Java, and is never cut in two. */
  @Test
  void substring_countsCharactersAsPeopleDo() {
    assertThat(steps("{ substring = 2, length = 1 }", "\uD83D\uDE00\uD83D\uDE01\uD83D\uDE02"))
        .isEqualTo("\uD83D\uDE01");
  }

  @Test
  void join_appendsTheColumnsThatSaySomething_inTheirOrder() {
    ConfigProblems problems = new ConfigProblems();
    BoundField bound =
        MappingFixtures.mapping(
                "F { column = a, steps = [ { join = [B, c], with = \", \" } ] }", problems)
            .bind(
                SourceFixtures.textColumns(SourceRelation.CONTACTS, List.of("a", "b", "c")),
                object(TEXT),
                MappingFixtures.reading(ZoneOffset.UTC),
                problems)
            .get(0);
    SourceRow.Header header = new SourceRow.Header(List.of("a", "b", "c"));

    assertThat(problems.list()).isEmpty();
    assertThat(bound.columns()).containsExactly("a", "b", "c");
    assertThat(bound.isStepped()).isTrue();
    assertThat(outcome(bound.read(new SourceRow(header, "x", " y ", "z"), MappingFixtures.TODAY)))
        .isEqualTo("x, y, z");
    assertThat(outcome(bound.read(new SourceRow(header, "", "UNSET", "z"), MappingFixtures.TODAY)))
        .isEqualTo("z");
  }

  @Test
  void join_ofAColumnThatIsNotThere_isAProblem() {
    ConfigProblems problems = new ConfigProblems();
    MappingFixtures.mapping("F { column = city, steps = [ { join = [citi] } ] }", problems)
        .bind(
            SourceFixtures.textColumns(SourceRelation.CONTACTS, List.of("city")),
            object(TEXT),
            MappingFixtures.reading(ZoneOffset.UTC),
            problems);

    assertThat(problems.list())
        .singleElement()
        .asString()
        .startsWith("contact.fields.F.steps: the source has no column citi")
        .contains("city");
  }

  private static BoundField bound(String step, ValueTables tables, ParentIds parents) {
    ConfigProblems problems = new ConfigProblems();
    List<BoundField> bound =
        MappingFixtures.mapping("F { column = c, steps = [ " + step + " ] }", problems)
            .bind(
                SourceFixtures.textColumns(SourceRelation.CONTACTS, List.of("c")),
                object(TEXT),
                MappingFixtures.reading(ZoneOffset.UTC),
                tables,
                parents,
                problems);
    problems.throwIfAny();
    return bound.get(0);
  }

  private static String outcomeOf(BoundField field, String text) {
    return outcome(field.read(MappingFixtures.row(text), MappingFixtures.TODAY));
  }

  @Test
  void table_isReadOnce_whenItsFirstValueIsNeeded_andFoundInAnyCase() {
    List<Step.ValueTable> asked = new ArrayList<>();
    BoundField field =
        bound(
            "{ table = dbo.sites, key = code, value = name, unknown = keep }",
            new ValueTables(
                table -> {
                  asked.add(table);
                  return Map.of("NYC", "New York");
                }),
            ParentIds.none());

    assertThat(asked).isEmpty();
    assertThat(outcomeOf(field, "nyc")).isEqualTo("New York");
    assertThat(outcomeOf(field, "LA")).isEqualTo("LA");
    assertThat(asked).containsExactly(SITES);
  }

  /** Everybody is compared anew when a row of the table changes, and only then. */
  @Test
  void table_contentsArePartOfTheRules() {
    String step = "{ table = dbo.sites, key = code, value = name }";
    String rules =
        bound(step, new ValueTables(t -> Map.of("a", "1", "b", "2")), ParentIds.none()).rules();

    assertThat(
            bound(step, new ValueTables(t -> Map.of("b", "2", "a", "1")), ParentIds.none()).rules())
        .isEqualTo(rules);
    assertThat(
            bound(step, new ValueTables(t -> Map.of("a", "1", "b", "3")), ParentIds.none()).rules())
        .isNotEqualTo(rules);
  }

  @Test
  void find_givesTheOneRecord_andRefusesNoneOrSeveral() {
    BoundField field =
        bound(
            "{ find = Account, by = Site_Code__c }",
            ValueTables.none(),
            new ParentIds(
                (object, by, value) ->
                    Optional.of(
                        Map.of(
                            "NYC", List.of("001000000000001"),
                            "LA", List.of("001000000000002", "001000000000003")))));

    assertThat(outcomeOf(field, "nyc ")).isEqualTo("001000000000001");
    assertThat(outcomeOf(field, "LA")).isEqualTo("refused:ambiguous-parent");
    assertThat(outcomeOf(field, "SF")).isEqualTo("refused:unknown-parent");
    assertThat(outcomeOf(field, "")).isEmpty();
  }

  private record Reversed(String name) implements OwnTransform {
    @Override
    public Rule rule(Map<String, String> settings) {
      return switch (settings.getOrDefault("mode", "")) {
        case "odd" -> throw new IllegalArgumentException("the mode is even");
        case "broken" -> throw new IllegalStateException("P000000001");
        case "refuse" -> text -> Optional.empty();
        case "fail" -> text -> Optional.of(text.substring(99));
        default -> text -> Optional.of(new StringBuilder(text).reverse().toString());
      };
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', abc, cba",
    "'', '', ''",
    "'with { mode = refuse }', abc, refused:refused-by-own",
    "'with { mode = fail }', abc, refused:refused-by-own"
  })
  void own_changesOrRefuses_andItsFailureRefusesToo(String with, String text, String expected) {
    ConfigProblems problems = new ConfigProblems();
    ConfigSection section =
        ConfigSection.root(
            ConfigFactory.parseString("steps = [ { own = reversed\n" + with + " } ]"), problems);
    StepChain chain =
        new StepChain(
            StepReader.read(section, transforms(new Reversed("reversed"))),
            List.of(),
            MappingFixtures.reading(ZoneOffset.UTC).cells(),
            ValueTables.none(),
            ParentIds.none());

    assertThat(problems.list()).isEmpty();
    assertThat(outcome(chain.apply(text, MappingFixtures.row(text)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ own = revers } | there is no such transform",
        "{ own = reversed, with { mode = odd } } | the transform reversed says: the mode is even",
        "{ own = reversed, with { mode = broken } } | fails (IllegalStateException) before it has",
      })
  void own_thatCannotBeMade_isAProblem_withoutAValue(String step, String said) {
    assertThat(problems(step, new Reversed("reversed")))
        .singleElement()
        .asString()
        .contains(said)
        .doesNotContain("P000000001");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ } | a step says one of upper-case, lower-case, digits, prefix",
        "{ prefix = a, suffix = b } | a step says one of",
        "{ capitals = true } | a step says one of",
        "{ upper-case = false } | expected true, or the word alone",
        "{ prefix = [a] } | expected text",
        "{ pattern = { a = b } } | expected text",
        "{ join = a } | expected a list of texts in square brackets",
        "{ date = a } | expected a section in braces",
        "{ map = a } | expected a section in braces",
        "{ replace = \"\" } | is empty; say which text to replace",
        "{ pattern = \"(\" } | is no regular expression of Java: Unclosed group",
        "{ substring = 0 } | expected a whole number",
        "{ join = [] } | expected a list of columns",
        "{ date { } } | expected from, or to, or both",
        "{ date { to = \"YYYY-MM-dd\" } } | Y is the year of a week",
        "{ date { from = \"yyyy-MM-DD\" } } | D is the day of the year",
        "{ date { to = \"MM/DD/yyyy\" } } | D is the day of the year",
        "{ date { from = \"MM/dd/yyyy hh:mm\" } } | nothing says which",
        "{ date { from = \"MM/dd/yy\" } } | nobody knows the century",
        "{ date { from = \"bbb\" } } | expected a form of days or times",
        "{ date { to = \"VV\" } } | expected a form of days or times",
        "{ map { } } | expected values in braces",
        "{ map { m = Male, M = Man } } | two of its values differ only in case",
        "{ map { m = Male }, unknown = guess } | expected one of refuse, keep, blank",
        "{ table = dbo.sites, key = code } | value: ",
        "{ table = dbo.sites, value = name } | key: ",
        "{ find = Account } | by: ",
        "{ find = \"Account;\", by = Code } | is not an API name of Salesforce",
        "{ find = Account, by = \"1x\" } | is not an API name of Salesforce",
        "{ suffix = a, with = b } | with",
      })
  void step_thatMakesNoSense_isOneProblem(String step, String said) {
    assertThat(problems(step)).singleElement().asString().contains(said);
  }

  @Test
  void steps_withoutAProblem_haveNone() {
    assertThat(
            problems(
                "{ upper-case = true }, { prefix = \" \" }, { replace = a, by = b }, { find ="
                    + " Account, by = Code__c }, { date { from = \"yyyy-MM-dd\" } }"))
        .isEmpty();
  }
}
