package edu.cumc.aou.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.FieldPolicy;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.mapping.ReadValue;
import edu.cumc.aou.sync.mapping.SourceReading;
import edu.cumc.aou.sync.mapping.ValueHash;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SentValues.Mark;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.SourceFixtures;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldDiffTest {

  private static final FieldName F = new FieldName("F");
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 5);

  private static FieldDiff diff(
      String policy, FieldKind kind, String source, String mirrored, SentValues sent) {
    return diff(policy, kind, Cells.plain(), source, mirrored, sent);
  }

  private static FieldDiff diff(
      String policy, FieldKind kind, Cells cells, String source, String mirrored, SentValues sent) {
    FieldInfo info = new FieldInfo(F, kind, 40, true, true, false, false, false, false, Set.of());
    ConfigProblems problems = new ConfigProblems();
    Mapping mapping =
        Mapping.read(
            ConfigSection.root(
                ConfigFactory.parseString("F { column = c, policy = " + policy + " }"), problems),
            "fields",
            FieldPolicy.OVERWRITE);
    List<BoundField> fields =
        mapping.bind(
            SourceFixtures.textColumns(SourceRelation.CONTACTS, List.of("c")),
            new ObjectInfo("Contact", true, true, List.of(info)),
            new SourceReading(cells, ZoneOffset.UTC, ZoneOffset.UTC),
            problems);
    problems.throwIfAny();
    SourceRow row = new SourceRow(new SourceRow.Header(List.of("c")), source);
    return FieldDiff.of(fields, row, values(mirrored), sent, TODAY);
  }

  private static FieldValues values(String text) {
    return FieldValues.of(Map.of(F, text.isEmpty() ? FieldValue.BLANK : new FieldValue(text)));
  }

  @Test
  void of_sameValue_isNothing() {
    assertThat(diff("overwrite", FieldKind.TEXT, " a ", "a", SentValues.none()).isEmpty()).isTrue();
    assertThat(diff("overwrite", FieldKind.TEXT, "", "", SentValues.none()).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    // kind, policy, source, Salesforce, refused
    "TEXT, overwrite, 1234, 01234, true",
    "TEXT, never-clear, 1234, 01234, true",
    "PHONE, overwrite, 1234, 001234, true",
    "TEXT, overwrite, 0, 00, true",
    "TEXT, fill-only, 1234, 01234, false",
    "TEXT, overwrite, 01234, 1234, false",
    "TEXT, overwrite, 1234, 11234, false",
    "TEXT, overwrite, 1234, 0 1234, false",
    "TEXT, overwrite, 1234, 1234, false",
    "TEXT, overwrite, 12a4, 012a4, false",
    "TEXT, overwrite, 6831-2541, 06831-2541, true",
    "TEXT, overwrite, -34, 0-34, false",
    "TEXT, overwrite, '', 00, false",
    "NUMBER, overwrite, 1234, 01234, false",
    "LONG_TEXT, overwrite, 1234, 01234, false",
  })
  void of_digitsThatOnlyLoseLeadingZeros_areRefused(
      FieldKind kind, String policy, String source, String shown, boolean refused) {
    FieldDiff diff = diff(policy, kind, source, shown, SentValues.none());

    assertThat(diff.refused()).isEqualTo(refused ? List.of("F:lost-zeros") : List.of());
    if (refused) {
      assertThat(diff.isEmpty()).isTrue();
    }
  }

  @Test
  void of_otherValue_isSent_withWhatWasThere() {
    FieldDiff diff = diff("overwrite", FieldKind.TEXT, "b", "a", SentValues.none());
    assertThat(diff.newValues()).isEqualTo(values("b"));
    assertThat(diff.oldValues()).isEqualTo(values("a"));
  }

  @Test
  void of_blank_clearsOnlyUnderOverwrite_andNeverABoolean() {
    assertThat(diff("overwrite", FieldKind.TEXT, "", "a", SentValues.none()).newValues())
        .isEqualTo(values(""));
    assertThat(diff("never-clear", FieldKind.TEXT, "", "a", SentValues.none()).isEmpty()).isTrue();
    assertThat(diff("fill-only", FieldKind.TEXT, "", "a", SentValues.none()).isEmpty()).isTrue();
    assertThat(diff("overwrite", FieldKind.BOOLEAN, "", "true", SentValues.none()).isEmpty())
        .isTrue();
  }

  @Test
  void of_fillOnly_neverReplaces() {
    assertThat(diff("fill-only", FieldKind.TEXT, "b", "a", SentValues.none()).isEmpty()).isTrue();
    assertThat(diff("fill-only", FieldKind.TEXT, "b", "", SentValues.none()).newValues())
        .isEqualTo(values("b"));
  }

  @Test
  void of_refusedValue_leavesTheFieldAlone() {
    FieldDiff diff = diff("overwrite", FieldKind.NUMBER, "many", "3", SentValues.none());
    assertThat(diff.isEmpty()).isTrue();
    assertThat(diff.refused()).containsExactly("F:not-a-number");
  }

  private static SentValues sent(String value) {
    return sentOver(SentValues.none(), value, "");
  }

  private static SentValues sentOver(SentValues before, String value, String replaced) {
    Mark mark = Mark.justSent(hash(value), hash(replaced));
    return before.with(SentValues.of(Map.of(F, mark)));
  }

  private static SentValues readBack(SentValues sent, String shown) {
    return sent.with(SentValues.of(Map.of(F, sent.mark(F).orElseThrow().readBack(hash(shown)))));
  }

  private static String hash(String text) {
    return ValueHash.of(values(text).get(F));
  }

  private static FieldDiff diff(String mirrored, SentValues sent) {
    return diff("overwrite", FieldKind.TEXT, "b", mirrored, sent);
  }

  @Test
  void of_whatSalesforceMadeOfOurWrite_isTold_andNotSentAgain() {
    FieldDiff diff = diff("B!", readBack(sent("b"), "B!"));
    assertThat(diff.isEmpty()).isTrue();
    assertThat(diff.notTakenOver()).containsExactly(F);
    assertThat(diff.changedBack()).isEmpty();
  }

  @Test
  void of_edit_ofAValueThatWasTakenOver_isCorrected() {
    FieldDiff diff = diff("edited", readBack(sent("b"), "b"));
    assertThat(diff.newValues()).isEqualTo(values("b"));
    assertThat(diff.oldValues()).isEqualTo(values("edited"));
    assertThat(diff.notTakenOver()).isEmpty();
  }

  @Test
  void of_edit_ofAValueThatWasNotTakenOver_isCorrected() {
    assertThat(diff("edited", readBack(sent("b"), "B!")).newValues()).isEqualTo(values("b"));
  }

  @Test
  void of_edit_whichWasCorrectedOnce_isTold_andNotFought() {
    SentValues corrected = readBack(sentOver(sent("b"), "b", "edited"), "b");
    FieldDiff again = diff("edited", corrected);
    assertThat(again.isEmpty()).isTrue();
    assertThat(again.changedBack()).containsExactly(F);
    assertThat(diff("edited otherwise", corrected).newValues()).isEqualTo(values("b"));
  }

  @Test
  void of_edits_areNotCorrectedForEver_evenIfTheyDiffer() {
    SentValues sent = sent("b");
    for (String edit : List.of("one", "two", "three")) {
      assertThat(diff(edit, sent).newValues()).isEqualTo(values("b"));
      sent = sentOver(sent, "b", edit);
    }
    assertThat(diff("four", sent).changedBack()).containsExactly(F);
    assertThat(diff("four", sentOver(sent, "c", "three")).newValues()).isEqualTo(values("b"));
  }

  @Test
  void of_correctionThatIsSentTwice_becauseTheRunWasKilled_countsOnce() {
    SentValues once = sentOver(sent("b"), "b", "edited");
    assertThat(sentOver(once, "b", "edited")).isEqualTo(once);
  }

  @Test
  void of_newSourceValue_isSentWhateverWasKnown() {
    SentValues sent = sentOver(sent("b"), "b", "B!");
    assertThat(diff("overwrite", FieldKind.TEXT, "c", "B!", sent).newValues())
        .isEqualTo(values("c"));
  }

  @Test
  void of_markOfAnEarlierVersion_whichNobodyCanJudge_isSentOnceMore() {
    for (String made : List.of("", hash("B!"))) {
      SentValues earlier = SentValues.of(Map.of(F, Mark.parse(hash("b") + "/" + made)));
      assertThat(diff("B!", earlier).newValues()).isEqualTo(values("b"));
      SentValues known = readBack(sentOver(earlier, "b", "B!"), "B!");
      assertThat(diff("B!", known).notTakenOver()).containsExactly(F);
    }
  }

  @Test
  void marks_areReadAsTheyAreWritten() {
    SentValues marks = readBack(sentOver(sent("b"), "b", "edited"), "B!");
    Mark mark = marks.mark(F).orElseThrow();
    assertThat(Mark.parse(mark.text())).isEqualTo(mark);
    assertThat(Mark.parse("12/34").text()).isEqualTo("12/34");
  }

  @ParameterizedTest
  @CsvSource({
    "overwrite, n/a, n/a, true",
    "never-clear, n/a, n/a, true",
    "never-clear, n/a, a, false",
    "never-clear, a, n/a, false",
    "never-clear, '', n/a, false"
  })
  void of_placeholderThatWeSent_isClearedUnderAnyPolicy(
      String policy, String mirrored, String sent, boolean cleared) {
    FieldDiff diff =
        diff(policy, FieldKind.TEXT, Cells.of(List.of("n/a")), "n/a", mirrored, sent(sent));

    assertThat(diff.newValues()).isEqualTo(cleared ? values("") : FieldValues.empty());
  }

  @Test
  void of_placeholderThatNobodySent_staysWhereThePolicyProtectsIt() {
    Cells cells = Cells.of(List.of("n/a"));
    assertThat(
            diff("never-clear", FieldKind.TEXT, cells, "n/a", "n/a", SentValues.none()).isEmpty())
        .isTrue();
    assertThat(diff("never-clear", FieldKind.TEXT, cells, "", "n/a", sent("n/a")).isEmpty())
        .isTrue();
  }

  @Test
  void of_fillOnly_whatSalesforceMadeOfOurValue_isTold() {
    SentValues sent = readBack(sent("b"), "B!");
    assertThat(diff("fill-only", FieldKind.TEXT, "b", "B!", sent).notTakenOver())
        .containsExactly(F);
    assertThat(diff("fill-only", FieldKind.TEXT, "b", "edited", sent)).isEqualTo(FieldDiff.none());
  }

  @Test
  void of_fillOnly_ticksTheBoxOfANewRecord_butNotOneThatAPersonUnticked() {
    assertThat(diff("fill-only", FieldKind.BOOLEAN, "1", "false", SentValues.none()).newValues())
        .isEqualTo(values("true"));
    assertThat(diff("fill-only", FieldKind.BOOLEAN, "1", "false", readBack(sent("true"), "true")))
        .isEqualTo(FieldDiff.none());
  }

  @Test
  void withoutClears_keepsTheOtherValues_andSilencesOnlyWhatCannotBeBlank() {
    FieldName other = new FieldName("G");
    FieldDiff diff =
        new FieldDiff(
            FieldValues.of(Map.of(F, FieldValue.BLANK, other, new FieldValue("b"))),
            FieldValues.empty(),
            List.of("H:" + ReadValue.CANNOT_BE_BLANK, "I:not-a-number"),
            List.of(),
            List.of());

    FieldDiff without = diff.withoutClears();

    assertThat(without.newValues()).isEqualTo(FieldValues.of(Map.of(other, new FieldValue("b"))));
    assertThat(without.refused()).containsExactly("I:not-a-number");
  }

  @Test
  void ruleOf_isThatOfTheFieldItself() {
    FieldDiff diff =
        new FieldDiff(
            FieldValues.empty(),
            FieldValues.empty(),
            List.of("Fax:too-long", "F:not-a-number"),
            List.of(),
            List.of());

    assertThat(diff.ruleOf(F)).contains("not-a-number");
    assertThat(diff.ruleOf(new FieldName("G"))).isEmpty();
  }
}
