package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.TODAY;
import static edu.cumc.aou.sync.port.StoreFixtures.run;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link FlawTable} and a {@link DecisionTable} must do. */
public interface FlawTableContract extends StoreContractPart {

  Instant DECIDED = Instant.parse("2026-01-05T12:00:00Z");

  @Test
  default void flaws_areReadInBinaryOrder_whateverTheirNumber() {
    RunId run = run(store());
    List<Flaw> many =
        new ArrayList<>(IntStream.range(0, 5_300).mapToObj(n -> field(n, run, "a")).toList());
    many.add(0, key("", 1, run));
    many.add(1, key("", 2, run));
    many.add(key("Z1", 1, run));
    for (int from = 0; from < many.size(); from += 500) {
      store().flaws().change(List.of(), many.subList(from, Math.min(many.size(), from + 500)));
    }

    List<Flaw> read = all();
    assertThat(read).hasSize(many.size()).isSortedAccordingTo(FlawTableContract::order);
    assertThat(read).containsExactlyElementsOf(many);
  }

  @Test
  default void change_replacesAndRemoves() {
    RunId first = run(store());
    store().flaws().change(List.of(), List.of(field(1, first, "a"), row(2, first)));
    RunId second = run(store());

    store().flaws().change(List.of(row(2, first)), List.of(field(1, second, "b")));

    assertThat(all()).containsExactly(field(1, second, "b"));
    assertThat(store().flaws().of(pmiId(1))).containsExactly(field(1, second, "b"));
    assertThat(store().flaws().of(pmiId(2))).isEmpty();
  }

  @Test
  default void acknowledged_holdsWhileTheSourceSaysTheSame() {
    RunId run = run(store());
    store().flaws().change(List.of(), List.of(field(1, run, "a"), field(2, run, "a")));
    store().decisions().put(List.of(known(field(1, run, "a"))));

    assertThat(all()).extracting(Flaw::isAcknowledged).containsExactly(true, false);
    assertThat(store().flaws().change(List.of(), List.of(field(1, run, "b")))).isEmpty();
    assertThat(all()).extracting(Flaw::isAcknowledged).containsExactly(false, false);
    assertThat(store().flaws().change(List.of(), List.of(field(1, run, "a"))))
        .extracting(Flaw::subject)
        .containsExactly(pmiId(1).value());
  }

  @Test
  default void decisions_theLastWordCounts_andCanBeTakenBack() {
    RunId run = run(store());
    Decision early = known(field(1, run, "a"));
    Decision late = known(field(1, run, "b"));
    Decision other =
        new Decision(
            DecisionTable.Kind.ADOPTION,
            pmiId(1).value(),
            "",
            DecisionTable.Verdict.ADOPT,
            "003000000000001AAA",
            "somebody",
            "she said so",
            DECIDED,
            "h");
    store().decisions().put(List.of(early, other));
    store().decisions().put(List.of(late));

    assertThat(store().decisions().of(pmiId(1))).containsExactly(other, late);
    assertThat(read(DecisionTable.Kind.FLAW)).containsExactly(late);
    assertThat(read(DecisionTable.Kind.ADOPTION)).containsExactly(other);
    assertThat(store().decisions().remove(List.of(other, other))).isEqualTo(1);
    assertThat(store().decisions().of(pmiId(1))).containsExactly(late);
    assertThat(store().decisions().of(pmiId(2))).isEmpty();
  }

  @Test
  default void hold_isAcknowledged_untilItIsAnotherOne() {
    HoldTable.Hold hold =
        new HoldTable.Hold(pmiId(1), HoldTable.Kind.QUARANTINE, "contact: X", DECIDED, "h1");
    store().holds().put(List.of(hold));
    store()
        .decisions()
        .put(
            List.of(
                decision(
                    DecisionTable.Kind.HOLD, pmiId(1).value(), hold.kind().name(), hold.mark())));

    assertThat(store().holds().find(pmiId(1)).orElseThrow().isAcknowledged()).isTrue();
    store()
        .holds()
        .put(
            List.of(
                new HoldTable.Hold(
                    pmiId(1), HoldTable.Kind.QUARANTINE, "contact: X", DECIDED, "h2")));
    assertThat(store().holds().find(pmiId(1)).orElseThrow().isAcknowledged()).isFalse();
  }

  @Test
  default void anomaly_isAcknowledged_asLongAsItLasts() {
    RunId first = run(store());
    AnomalyTable.Anomaly odd =
        new AnomalyTable.Anomaly(AnomalyTable.Kind.MISSING_JOURNEY, pmiId(1).value());
    store().anomalies().seen(first, List.of(odd));
    Decision noted = decision(DecisionTable.Kind.ANOMALY, odd.subject(), odd.kind().name(), "");
    store().decisions().put(List.of(noted));
    assertThat(store().anomalies().count(first).get(0).acknowledged()).isEqualTo(1);
    try (Cursor<AnomalyTable.OpenAnomaly> open = store().anomalies().read()) {
      assertThat(open.next()).isEqualTo(new AnomalyTable.OpenAnomaly(odd, first, noted));
      assertThat(open.hasNext()).isFalse();
    }

    store().anomalies().closeUnseen(run(store()), TODAY);
    RunId third = run(store());
    store().anomalies().seen(third, List.of(odd));

    assertThat(store().anomalies().count(third).get(0).acknowledged()).isZero();
  }

  @Test
  default void forgetting_takesFlawsAndDecisionsToo() {
    RunId run = run(store());
    store().flaws().change(List.of(), List.of(field(1, run, "a"), field(2, run, "a")));
    store().decisions().put(List.of(known(field(1, run, "a")), known(field(2, run, "a"))));

    store().personalData().forget(List.of(pmiId(1)), DECIDED);

    assertThat(all()).extracting(Flaw::subject).containsExactly(pmiId(2).value());
    assertThat(store().decisions().of(pmiId(1))).isEmpty();
    assertThat(store().decisions().of(pmiId(2))).hasSize(1);
  }

  @Test
  default void decisions_aboutWhatIsNoMore_areRemovedWhenTheyAreOld() {
    RunId run = run(store());
    store().flaws().change(List.of(), List.of(field(1, run, "a")));
    Decision open = known(field(1, run, "a"));
    Decision over = known(field(2, run, "a"));
    Decision noHold =
        decision(DecisionTable.Kind.HOLD, pmiId(3).value(), HoldTable.Kind.QUARANTINE.name(), "h");
    Decision answer =
        new Decision(
            DecisionTable.Kind.ADOPTION,
            pmiId(4).value(),
            "",
            DecisionTable.Verdict.NONE,
            "",
            "somebody",
            "",
            DECIDED,
            "h");
    store().decisions().put(List.of(open, over, noHold, answer));

    assertThat(store().decisions().removeUnused(DECIDED)).isZero();
    assertThat(store().decisions().removeUnused(DECIDED.plusSeconds(1))).isEqualTo(2);
    assertThat(read(DecisionTable.Kind.FLAW)).containsExactly(open);
    assertThat(read(DecisionTable.Kind.HOLD)).isEmpty();
    assertThat(read(DecisionTable.Kind.ADOPTION)).containsExactly(answer);
  }

  private List<Flaw> all() {
    List<Flaw> all = new ArrayList<>();
    try (Cursor<Flaw> cursor = store().flaws().read()) {
      cursor.forEachRemaining(all::add);
    }
    return all;
  }

  private List<Decision> read(DecisionTable.Kind kind) {
    List<Decision> all = new ArrayList<>();
    try (Cursor<Decision> cursor = store().decisions().read(kind)) {
      cursor.forEachRemaining(all::add);
    }
    return all;
  }

  private static int order(Flaw a, Flaw b) {
    return a.isAt(b) ? 0 : a.isBefore(b) ? -1 : 1;
  }

  private static Flaw field(int person, RunId run, String hash) {
    return Flaw.ofField(pmiId(person), CrmObject.CONTACT, "Email:invalid-email", hash, "nobody")
        .foundBy(run);
  }

  private static Flaw row(int person, RunId run) {
    return Flaw.ofRow(pmiId(person), CrmObject.JOURNEY, "contradicting-rows", "r").foundBy(run);
  }

  private static Flaw key(String key, int number, RunId run) {
    return Flaw.ofKey(key, CrmObject.CONTACT, "malformed-pmi-id", number, "k", number).foundBy(run);
  }

  private static Decision known(Flaw flaw) {
    return decision(DecisionTable.Kind.FLAW, flaw.subject(), flaw.what(), flaw.sourceHash());
  }

  private static Decision decision(
      DecisionTable.Kind kind, String subject, String about, String hash) {
    return new Decision(
        kind,
        subject,
        about,
        DecisionTable.Verdict.ACKNOWLEDGED,
        "",
        "somebody",
        "",
        DECIDED,
        hash);
  }
}
