package edu.cumc.aou.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.FieldPolicy;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.mapping.SourceReading;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.SourceFixtures;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldDiffTest {

  private static final FieldName F = new FieldName("F");
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 5);

  private static FieldDiff diff(
      String policy, FieldKind kind, String source, String mirrored, SentValues sent) {
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
            new SourceReading(Cells.plain(), ZoneOffset.UTC, ZoneOffset.UTC),
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

  @Test
  void of_valueThatSalesforceChanged_isNotedOnce_andNotSentAgain() {
    SentValues sent = SentMarks.of(values("b"));
    FieldDiff first = diff("overwrite", FieldKind.TEXT, "b", "B!", sent);
    assertThat(first.isEmpty()).isTrue();
    assertThat(first.notTakenOver()).containsExactly(F);
    assertThat(first.newlySeen().mark(F)).isPresent();

    FieldDiff second = diff("overwrite", FieldKind.TEXT, "b", "B!", sent.with(first.newlySeen()));
    assertThat(second.isEmpty()).isTrue();
    assertThat(second.notTakenOver()).containsExactly(F);
    assertThat(second.newlySeen()).isEqualTo(SentValues.none());
  }

  @Test
  void of_valueThatSomebodyEditedAfterwards_isSentAgain() {
    SentValues sent = SentMarks.of(values("b"));
    SentValues noted = sent.with(diff("overwrite", FieldKind.TEXT, "b", "B!", sent).newlySeen());
    assertThat(diff("overwrite", FieldKind.TEXT, "b", "edited", noted).newValues())
        .isEqualTo(values("b"));
  }

  @Test
  void of_newSourceValue_isSentWhateverWasNoted() {
    SentValues sent = SentMarks.of(values("b"));
    assertThat(diff("overwrite", FieldKind.TEXT, "c", "B!", sent).newValues())
        .isEqualTo(values("c"));
  }
}
