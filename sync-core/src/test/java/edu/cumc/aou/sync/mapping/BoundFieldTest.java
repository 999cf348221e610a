package edu.cumc.aou.sync.mapping;

import static edu.cumc.aou.sync.mapping.MappingFixtures.bind;
import static edu.cumc.aou.sync.mapping.MappingFixtures.field;
import static edu.cumc.aou.sync.mapping.MappingFixtures.object;
import static edu.cumc.aou.sync.mapping.MappingFixtures.outcome;
import static edu.cumc.aou.sync.mapping.MappingFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.SourceRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundFieldTest {

  private static final FieldInfo TEXT_40 = field("F", FieldKind.TEXT, 40);
  private static final FieldInfo DATE = field("F", FieldKind.DATE, 0);
  private static final FieldInfo EMAIL = field("F", FieldKind.EMAIL, 80);

  @ParameterizedTest
  @CsvSource({
    "0, BOOLEAN, false",
    "1, BOOLEAN, true",
    "2, BOOLEAN, refused:flag-not-sure",
    "0, NUMBER, 0",
    "1, NUMBER, 1",
    "2, NUMBER, 2",
    "0, TEXT, 0",
    "2, TEXT, 2",
    "1, PICKLIST, 1",
    "2, PICKLIST, refused:not-in-picklist",
    "' 1', TEXT, 1",
    "1.0, TEXT, 1",
    "Y, TEXT, refused:not-a-flag",
    "true, BOOLEAN, true",
    "FALSE, BOOLEAN, false",
    "true, TEXT, 1",
    "False, NUMBER, 0",
    "0.00, BOOLEAN, false",
    "'0\u00A0', BOOLEAN, false",
    "'\u200B1\uFEFF', NUMBER, 1",
    "NOT_WITHDRAWN, BOOLEAN, false",
    "NO_USE, BOOLEAN, true",
    "EARLY_OUT, TEXT, 1",
    "SUBMITTED_NOT_SURE, NUMBER, 2",
    "-1, NUMBER, refused:not-a-flag",
    "3, PICKLIST, refused:not-a-flag",
    "'', BOOLEAN, ''",
    "'', NUMBER, ''",
  })
  void read_flag_isWrittenAsTheKindNeedsIt(String source, FieldKind kind, String expected) {
    FieldInfo info =
        kind == FieldKind.PICKLIST ? field("F", kind, 255, "0", "1") : field("F", kind, 10);
    assertThat(outcome(read("transform = flag", info, source))).isEqualTo(expected);
  }

  @Test
  void read_flagOfABitColumn_isZeroOrOne() {
    assertThat(outcome(read("transform = flag", TEXT_40, true))).isEqualTo("1");
    assertThat(outcome(read("transform = flag", field("F", FieldKind.BOOLEAN, 0), false)))
        .isEqualTo("false");
    assertThat(outcome(read("transform = flag", TEXT_40, new BigDecimal("2.00")))).isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource({
    "NY, NEW YORK",
    "ny, NEW YORK",
    "New York, NEW YORK",
    "New  York, NEW YORK",
    "AK, ALASKA",
    "PW, PALAU",
    "PR, PUERTO RICO",
    "AE, ARMED FORCES EUROPE",
    "VI, US VIRGIN ISLANDS",
    "U.S. Virgin Islands, US VIRGIN ISLANDS",
    "US VIRGIN ISLANDS, US VIRGIN ISLANDS",
    "Virgin Islands (U.S.), US VIRGIN ISLANDS",
    "Virgin Islands, US VIRGIN ISLANDS",
    "Washington DC, DISTRICT OF COLUMBIA",
    "'Washington, D.C.', DISTRICT OF COLUMBIA",
    "Washington, WASHINGTON",
    "the District of Columbia, DISTRICT OF COLUMBIA",
    "PIIState_NY, NEW YORK",
    "US-NY, NEW YORK",
    "State of New York, NEW YORK",
    "New\u00A0York, NEW YORK",
    "N.Y., NEW YORK",
    "Commonwealth of the Northern Mariana Islands, NORTHERN MARIANA ISLANDS",
    "'', ''",
    "UNSET, ''",
    "XX, refused:unknown-state",
    "British Virgin Islands, refused:unknown-state",
  })
  void read_state_isItsUpperCaseName(String source, String expected) {
    assertThat(outcome(read("transform = us-state", TEXT_40, source))).isEqualTo(expected);
  }

  @Test
  void read_textForATimeField_isReadAsTimesAre() {
    FieldInfo time = field("F", FieldKind.DATETIME, 0);
    assertThat(outcome(read("transform = text", time, "soon"))).isEqualTo("refused:not-a-date");
    assertThat(outcome(read("transform = text", time, "2022-03-17T12:21:26-04:00")))
        .isEqualTo("2022-03-17T16:21:26Z");
    assertThat(outcome(read("transform = text", DATE, LocalDateTime.of(1960, 7, 4, 0, 0))))
        .isEqualTo("1960-07-04");
  }

  @Test
  void read_dayInATextField_isTheDay() {
    assertThat(outcome(read("transform = text", TEXT_40, LocalDateTime.of(1960, 7, 4, 0, 0))))
        .isEqualTo("1960-07-04");
    assertThat(outcome(read("transform = text", TEXT_40, LocalDate.of(1900, 1, 1)))).isEmpty();
  }

  @Test
  void read_onWhichOurRulesFail_isRefusedAndEndsNothing() {
    Mapping mapping =
        MappingFixtures.mapping("F { columns = [c], transform = date }", new ConfigProblems());
    BoundField broken =
        new BoundField(
            mapping.rules().get(0),
            List.of(),
            DATE,
            MappingFixtures.reading(MappingFixtures.NEW_YORK));
    assertThat(outcome(broken.read(MappingFixtures.row("2020-01-01"), MappingFixtures.TODAY)))
        .isEqualTo("refused:unreadable");
  }

  @Property(tries = 3000, seed = "1")
  void read_ofWhatWasSent_isTheSame(
      @ForAll Transform transform, @ForAll FieldKind kind, @ForAll("raw") String raw) {
    // an id in lower case is another id: nobody maps one so
    Assume.that(transform != Transform.LOWER_CASE || kind != FieldKind.REFERENCE);
    // nobody reads a state out of a country
    Assume.that(transform != Transform.US_COUNTRY);
    FieldInfo info = field("F", kind, 255);
    String rule = "transform = " + ConfigSection.word(transform);
    if (read(rule, info, raw) instanceof ReadValue.Value sent) {
      FieldValue shown = Normaliser.canonical(kind, sent.value().text());
      assertThat(shown).as("as Salesforce shows it").isEqualTo(sent.value());
      assertThat(outcome(read(rule, info, sent.value().text()))).isEqualTo(sent.value().text());
    }
  }

  @Provide
  Arbitrary<String> raw() {
    Arbitrary<String> dirty =
        Arbitraries.of(
            "0",
            "1",
            "2",
            " 1",
            "1.0",
            "true",
            "FALSE",
            "Y",
            "NY",
            "New  York",
            "XX",
            "1900-01-01",
            "2020-02-29",
            "2020-01-01T03:30:00",
            "7/23/2019 5:04 pm",
            "a@b.co",
            "A@B.CO ",
            "b;a;b",
            "001000000000001",
            "\u00A0x\u200B",
            "Jose\u0301",
            "a\r\nb",
            "\uD83D",
            "1E400",
            "-0.00");
    return Arbitraries.oneOf(dirty, Arbitraries.strings().ofMaxLength(12));
  }

  @Test
  void read_dayAfterToday_isRefusedOnlyWhereItCannotBe() {
    LocalDate tomorrow = MappingFixtures.TODAY.plusDays(1);
    assertThat(outcome(read("transform = date, not-future = true", DATE, tomorrow)))
        .isEqualTo("refused:future-date");
    assertThat(outcome(read("transform = date, not-future = true", DATE, MappingFixtures.TODAY)))
        .isEqualTo("2026-01-05");
    assertThat(outcome(read("transform = date", DATE, tomorrow))).isEqualTo("2026-01-06");
  }

  @ParameterizedTest
  @CsvSource({
    "Jane.DOE@Example.org, jane.doe@example.org",
    "'', ''",
    "a@b.co, a@b.co",
    "o'brien+tag@example.org, o'brien+tag@example.org",
    "a@x.org;b@x.org, refused:invalid-email",
    "nobody, refused:invalid-email",
    "a@localhost, refused:invalid-email",
    "a@example.org., refused:invalid-email",
    "a..b@example.org, refused:invalid-email",
    ".a@example.org, refused:invalid-email",
    "a.@example.org, refused:invalid-email",
    "@example.org, refused:invalid-email",
    "a@b@example.org, refused:invalid-email",
    "a@-b.org, refused:invalid-email",
    "a@b-.org, refused:invalid-email",
    "a@b..org, refused:invalid-email",
    "a@b.o, refused:invalid-email",
    "a@b.1o, refused:invalid-email",
    "a@x.y-z.org, a@x.y-z.org",
    "a@b.org2, refused:invalid-email",
    "a@b.corporate-x, refused:invalid-email",
    "a@b.xn--p1ai, refused:invalid-email",
    "m\u00FCller@example.org, refused:invalid-email",
  })
  void read_email(String source, String expected) {
    assertThat(outcome(read("transform = lower-case", EMAIL, source))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "a.", "a", "@", "a@", "-", "+"})
  void read_longEmail_isTooLong_whateverItIsMadeOf(String piece) {
    assertThat(outcome(read("transform = lower-case", EMAIL, piece.repeat(1_000_000))))
        .isEqualTo("refused:too-long");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "a.", "a", "a@", "-", "a-"})
  void emailSyntax_takesOnePass_whateverTheLength(String piece) {
    assertThat(EmailSyntax.isValid(piece.repeat(1_000_000))).isFalse();
    assertThat(EmailSyntax.isValid("a@" + piece.repeat(1_000_000))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNSET", " unset\u00A0", "PMI_Skip", "pmi_skip\t"})
  void read_placeholder_isBlank_forEveryKindOfField(String placeholder) {
    for (FieldKind kind : FieldKind.values()) {
      for (Transform transform : Transform.values()) {
        String rule = "transform = " + ConfigSection.word(transform);
        assertThat(outcome(read(rule, field("F", kind, 40), placeholder)))
            .as("%s of %s", transform, kind)
            .isEmpty();
      }
    }
    assertThat(outcome(read("transform = text", TEXT_40, "Unsettled"))).isEqualTo("Unsettled");
  }

  @Test
  void read_textLongerThanTheField_isRefused() {
    assertThat(outcome(read("transform = text", TEXT_40, "x".repeat(40)))).hasSize(40);
    assertThat(outcome(read("transform = text", TEXT_40, "x".repeat(41))))
        .isEqualTo("refused:too-long");
    assertThat(outcome(read("transform = text", TEXT_40, " " + "x".repeat(40) + "  "))).hasSize(40);
  }

  @Test
  void read_restrictedPicklist_takesItsOwnSpelling() {
    FieldInfo picklist = field("F", FieldKind.PICKLIST, 255, "Skip", "H/L/S and White");
    assertThat(outcome(read("transform = text", picklist, "H/L/S and White ")))
        .isEqualTo("H/L/S and White");
    assertThat(outcome(read("transform = text", picklist, "skip"))).isEqualTo("Skip");
    assertThat(outcome(read("transform = text", picklist, "h/l/s\u00A0and  white")))
        .isEqualTo("H/L/S and White");
    assertThat(outcome(read("transform = text", picklist, "Other")))
        .isEqualTo("refused:not-in-picklist");
  }

  @Test
  void read_twoLines_areJoinedByALineBreak() {
    BoundField street =
        bind(
                "F { columns = [a], second-line = [b] }",
                List.of("a", "b"),
                object(field("F", FieldKind.LONG_TEXT, 255)))
            .get(0);
    SourceRow.Header header = new SourceRow.Header(List.of("a", "b"));
    assertThat(
            outcome(
                street.read(new SourceRow(header, "1 Main St ", " Apt #3"), MappingFixtures.TODAY)))
        .isEqualTo("1 Main St\nApt #3");
    assertThat(outcome(street.read(new SourceRow(header, null, "Apt #3"), MappingFixtures.TODAY)))
        .isEqualTo("Apt #3");
    assertThat(outcome(street.read(new SourceRow(header, "1 Main St", ""), MappingFixtures.TODAY)))
        .isEqualTo("1 Main St");
  }

  @Test
  void read_zipOfANumberColumn_isPlainText() {
    assertThat(outcome(read("transform = text", TEXT_40, new BigDecimal("7030.00"))))
        .isEqualTo("7030");
    assertThat(outcome(read("transform = text", TEXT_40, 7030L))).isEqualTo("7030");
    assertThat(outcome(read("transform = text", TEXT_40, "07030"))).isEqualTo("07030");
  }

  @Test
  void seen_valueOfARestrictedPicklist_isInItsOwnSpelling() {
    for (FieldKind kind : List.of(FieldKind.PICKLIST, FieldKind.MULTI_PICKLIST)) {
      FieldInfo picklist = field("F", kind, 255, "New York", "Ohio");
      BoundField bound = bind("F { columns = [c] }", List.of("c"), object(picklist)).get(0);
      assertThat(bound.seen(new FieldValue("NEW YORK"))).isEqualTo(new FieldValue("New York"));
      assertThat(bound.seen(new FieldValue("Elsewhere"))).isEqualTo(new FieldValue("Elsewhere"));
    }
    FieldInfo several = field("F", FieldKind.MULTI_PICKLIST, 255, "asian", "White");
    BoundField bound = bind("F { columns = [c] }", List.of("c"), object(several)).get(0);
    assertThat(bound.seen(new FieldValue("White;asian")))
        .isEqualTo(
            ((ReadValue.Value)
                    bound.read(MappingFixtures.row("white; Asian"), MappingFixtures.TODAY))
                .value());
  }

  @Test
  void read_state_isWhatThePicklistOffers() {
    FieldInfo names = field("F", FieldKind.PICKLIST, 255, "New York", "Ohio");
    FieldInfo codes = field("F", FieldKind.PICKLIST, 255, "NY", "OH");
    FieldInfo code = field("HomeStateCode", FieldKind.TEXT, 2);
    assertThat(outcome(read("transform = us-state", names, "NY"))).isEqualTo("New York");
    assertThat(outcome(read("transform = us-state", codes, "new york"))).isEqualTo("NY");
    assertThat(outcome(read("transform = us-state", codes, "PR")))
        .isEqualTo("refused:not-in-picklist");
    BoundField bound =
        bind("HomeStateCode { columns = [c], transform = us-state }", List.of("c"), object(code))
            .get(0);
    assertThat(outcome(bound.read(MappingFixtures.row("Ohio"), MappingFixtures.TODAY)))
        .isEqualTo("OH");
  }

  @Test
  void read_country_isThatOfTheState() {
    FieldInfo codes = field("F", FieldKind.PICKLIST, 255, "US", "CA");
    assertThat(outcome(read("transform = us-country", codes, "NY"))).isEqualTo("US");
    assertThat(outcome(read("transform = us-country", codes, "Ontario"))).isEmpty();
    assertThat(outcome(read("transform = us-country", codes, ""))).isEmpty();
    assertThat(outcome(read("transform = us-country", TEXT_40, "NY"))).isEqualTo("United States");
  }

  @Test
  void seen_flagThatAnOlderProgramStoredWithADecimal_isTheFlag() {
    BoundField flag =
        bind("F { columns = [c], transform = flag }", List.of("c"), object(TEXT_40)).get(0);
    assertThat(flag.seen(new FieldValue("1.0"))).isEqualTo(new FieldValue("1"));
  }
}
