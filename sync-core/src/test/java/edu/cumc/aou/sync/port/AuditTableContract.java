package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.STAMP;
import static edu.cumc.aou.sync.port.StoreFixtures.insert;
import static edu.cumc.aou.sync.port.StoreFixtures.run;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.audit.AuditCheck;
import edu.cumc.aou.sync.audit.AuditCheck.Fault;
import edu.cumc.aou.sync.audit.AuditCheck.Flaw;
import edu.cumc.aou.sync.audit.AuditCheck.Result;
import edu.cumc.aou.sync.model.Change.State;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.AuditTable.Entry;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.AuditTable.Kind;
import edu.cumc.aou.sync.port.AuditTable.Row;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What {@link AuditTable} must do, and what the other tables must enter into it. */
public interface AuditTableContract extends StoreContractPart {

  /** What the owner of a database can do to it. */
  enum Tampering {
    /** Names another person in row {@code number}. */
    ALTER_ROW,
    /** Removes row {@code number}. */
    DROP_ROW,
    /** Gives row {@code number} the content of the next one, and the other way round. */
    SWAP_ROWS,
    /** Removes all rows after {@code number}, and sets the end of the chain back. */
    CUT,
    /** Changes what was sent by record {@code number} of the run. */
    ALTER_RECORD,
    /** The same, and takes its nonce, so that the leaf says nothing any more. */
    ALTER_AND_BLANK_RECORD,
    /** Removes record {@code number} of the run. */
    DROP_RECORD,
    /** Removes all records of the run. */
    DROP_RECORDS,
    /** Takes the leaf of record {@code number} away, as if it had never been sent. */
    DROP_LEAF,
    /** Says of record {@code number}, which was never sent, that it was, by a row that is not. */
    FORGE_RECORD,
    /** The same by the row of record 1. */
    FORGE_RECORD_OF_FIRST_BATCH,
    /** Changes what the first decision or hold says. */
    ALTER_STANDING,
    /** Adds a copy of the first decision or hold about something else, with a leaf that fits it. */
    ADD_STANDING,
    /** Removes the first decision or hold. */
    DROP_STANDING
  }

  /** Does it. */
  void tamper(Tampering what, RunId run, long number);

  /** A record of the run that {@link #sent} makes. */
  long NEVER_SENT = 9;

  private AuditTable audit() {
    return store().audit();
  }

  private List<Row> rows() {
    return audit().page(0, 1_000);
  }

  private List<String> kinds() {
    return rows().stream().map(Row::kind).toList();
  }

  private Result checked() {
    return new AuditCheck(audit(), Long.MAX_VALUE, () -> {}).all(null);
  }

  private Flaw found() {
    return checked().first().map(Fault::flaw).orElse(null);
  }

  /** A run of five creates in two batches; one create fails. */
  private RunId sent() {
    RunId run = run(store());
    store()
        .changes()
        .append(
            run,
            LongStream.rangeClosed(1, 5)
                .mapToObj(n -> insert(n, (int) n, "FirstName", "Ada"))
                .toList());
    store().changes().append(run, List.of(insert(NEVER_SENT, 6)));
    store().changes().markSent(run, List.of(1L, 2L, 3L));
    store().changes().settle(run, List.of(done(1), done(2), failed(3)));
    store().changes().markSent(run, List.of(4L, 5L));
    store().changes().settle(run, List.of(done(5), done(4)));
    store().runs().finish(run, RunState.DONE, STAMP);
    return run;
  }

  private static Settlement done(int number) {
    return new Settlement(number, State.DONE, contactId(number), null, null, List.of());
  }

  private static Settlement failed(int number) {
    return new Settlement(
        number, State.FAILED, null, null, "UNABLE_TO_LOCK_ROW", List.of("FirstName"));
  }

  @Test
  default void head_nothingHappened_isOfTheStart() {
    assertThat(checked().faults()).isEmpty();
    assertThat(kinds().stream().filter(k -> !k.equals(Kind.START.name()))).isEmpty();
  }

  @Test
  default void settle_eachBatch_isOneRowWithALeafForEachRecord() {
    RunId run = sent();

    assertThat(kinds()).containsExactly("START", "WRITES", "WRITES", "RUN");
    Row first = rows().get(1);
    assertThat(first.records()).isEqualTo(3);
    assertThat(first.run()).isEqualTo(run);
    assertThat(audit().leaves(first, -1, 10)).hasSize(3);
    assertThat(audit().leaves(first, 1, 10)).hasSize(2);
    Result result = checked();
    assertThat(result.faults()).isEmpty();
    assertThat(result.records()).isEqualTo(5);
    assertThat(result.head()).isEqualTo(rows().get(3).head());
    assertThat(audit().lastOf(run)).contains(result.head());
    assertThat(audit().rowOf(run, 4)).contains(rows().get(2));
    assertThat(audit().rowOf(run, 6)).isEmpty();
    assertThat(audit().about(run, Kind.WRITES)).isEqualTo(rows().subList(1, 3));
    assertThat(rows()).allSatisfy(row -> assertThat(row.who()).isEqualTo(audit().who()));
  }

  @Test
  default void rows_tellNobody() {
    sent();
    int unused = store().holds().release(List.of(pmiId(1)));

    assertThat(rows().toString()).doesNotContain(pmiId(1).value(), contactId(1).value(), "Ada");
  }

  @Test
  default void settle_whatWasNeverSent_isInNoRow() {
    RunId run = run(store());
    store().changes().append(run, List.of(insert(1, 1), insert(2, 2)));
    store()
        .changes()
        .settle(
            run,
            List.of(
                new Settlement(1, State.REFUSED, null, null, "left-since", List.of()),
                new Settlement(2, State.FAILED, null, null, "creates-stopped", List.of())));

    assertThat(kinds()).doesNotContain("WRITES");
    assertThat(checked().faults()).isEmpty();
  }

  @Test
  default void settle_secondOutcome_keepsTheFirstLeaf() {
    RunId run = run(store());
    store().changes().append(run, List.of(insert(1, 1), insert(2, 2)));
    store().changes().markSent(run, List.of(1L, 2L));
    store()
        .changes()
        .settle(
            run,
            List.of(
                done(1), new Settlement(2, State.UNKNOWN, null, null, "ANSWER_LOST", List.of())));
    store()
        .changes()
        .settle(run, List.of(new Settlement(2, State.PLANNED, null, null, null, List.of())));
    assertThat(checked().faults()).isEmpty();
    store().changes().markSent(run, List.of(2L));
    store().changes().settle(run, List.of(done(2)));

    Result result = checked();
    assertThat(result.faults()).isEmpty();
    assertThat(result.records()).isEqualTo(3);
  }

  @Test
  default void others_enterTheirRows() {
    RunId first = sent();
    store().holds().put(List.of(new Hold(pmiId(1), HoldTable.Kind.REVIEW, "code", STAMP, null)));
    int released = store().holds().release(List.of(pmiId(1), pmiId(2)));
    Decision decision =
        new Decision(
            DecisionTable.Kind.HOLD,
            pmiId(3).value(),
            "REVIEW",
            DecisionTable.Verdict.ACKNOWLEDGED,
            "",
            "somebody",
            "",
            STAMP,
            "");
    store().decisions().put(List.of(decision));
    int back = store().decisions().remove(List.of(decision));
    RunId undo = run(store(), RunMode.UNDO);
    store().runs().noteUndone(undo, first);
    store().runs().finish(undo, RunState.ABANDONED, STAMP);

    assertThat(released + back).isEqualTo(2);
    assertThat(kinds().subList(4, kinds().size()))
        .containsExactly("HELD", "RELEASE", "DECISION", "RETRACTION", "UNDO", "ABANDON");
    assertThat(audit().subjects(rows().get(4), 10)).containsExactly(pmiId(1).value());
    assertThat(audit().subjects(rows().get(5), 10))
        .containsExactly(pmiId(1).value(), pmiId(2).value());
    assertThat(checked().faults()).isEmpty();
  }

  @Test
  default void release_nobodyWasHeld_entersNothing() {
    int unused = store().holds().release(List.of(pmiId(1)));

    assertThat(kinds()).doesNotContain("RELEASE");
  }

  @Test
  default void forget_takesValuesAndNonces_andTheChainStillVerifies() {
    sent();
    Head look =
        audit().append(Entry.of(Kind.LOOK, null, Map.of()).about(List.of(pmiId(4).value())));
    Row row = audit().page(look.seq() - 1, 1).get(0);
    assertThat(audit().subjects(row, 10)).containsExactly(pmiId(4).value());

    PersonalData.Removed unused = store().personalData().forget(List.of(pmiId(4)), STAMP);

    assertThat(audit().subjects(row, 10)).isEmpty();
    assertThat(audit().leaves(rows().get(2), -1, 10))
        .anySatisfy(leaf -> assertThat(leaf.nonce()).isNull());
    Result result = checked();
    assertThat(result.faults()).isEmpty();
    assertThat(result.blanked()).isEqualTo(2);
    assertThat(kinds()).endsWith("FORGET");
  }

  @Test
  default void purge_takesValuesThenRecords_andTheChainStillVerifies() {
    RunId run = sent();
    store().changes().blankValues(run, 0, 3);
    store().changes().blankValues(run, 3, 6);
    store().runs().markBlanked(run);
    assertThat(checked().faults()).isEmpty();
    assertThat(checked().blanked()).isEqualTo(5);

    store().runs().beginRemoval(run);
    long removed = store().changes().remove(run, 0, 10);
    store().runs().remove(run);

    assertThat(removed).isEqualTo(6);
    assertThat(checked().faults()).isEmpty();
    assertThat(kinds().subList(4, kinds().size())).containsExactly("PURGE", "PURGE");
  }

  @Test
  default void purgeSubjects_olderRowsNameNobodyAnyMore() {
    Head unused =
        audit().append(Entry.of(Kind.LOOK, null, Map.of()).about(List.of(pmiId(4).value())));

    assertThat(audit().purgeSubjects(STAMP.minusSeconds(86_400L * 36_500))).isZero();
    assertThat(audit().purgeSubjects(STAMP.plusSeconds(86_400L * 36_500))).isEqualTo(1);

    assertThat(checked().faults()).isEmpty();
    assertThat(kinds()).endsWith("LOOK", "PURGE");
  }

  @Test
  default void purgeSubjects_someRowsAreOlder_takesJustThese() {
    List<Head> looks =
        LongStream.rangeClosed(1, 20)
            .mapToObj(
                n ->
                    audit()
                        .append(
                            Entry.of(Kind.LOOK, null, Map.of())
                                .about(List.of(pmiId((int) n).value()))))
            .toList();

    purgeThenLook(looks, 7);
    purgeThenLook(looks, 14);

    assertThat(checked().faults()).isEmpty();
  }

  private void purgeThenLook(List<Head> looks, int firstToStay) {
    Instant limit = audit().page(looks.get(firstToStay).seq() - 1, 1).get(0).at();
    long unused = audit().purgeSubjects(limit);

    for (Head look : looks) {
      Row row = audit().page(look.seq() - 1, 1).get(0);
      assertThat(audit().subjects(row, 10).isEmpty())
          .as("row %s, entered at %s; older than %s go", row.seq(), row.at(), limit)
          .isEqualTo(row.at().isBefore(limit));
    }
  }

  @Test
  default void append_manyPeople_keepsTheirNumberOnly() {
    List<String> people =
        LongStream.rangeClosed(1, AuditTable.MOST_SUBJECTS + 1)
            .mapToObj(n -> pmiId((int) n).value())
            .toList();
    Head head = audit().append(Entry.of(Kind.LOOK, null, Map.of()).about(people));

    Row row = audit().page(head.seq() - 1, 1).get(0);
    assertThat(row.records()).isEqualTo(AuditTable.MOST_SUBJECTS + 1);
    assertThat(audit().subjects(row, 10)).isEmpty();
    assertThat(checked().faults()).isEmpty();
  }

  @Test
  default void check_rowAltered_isNamed() {
    RunId run = sent();
    tamper(Tampering.ALTER_ROW, run, 3);
    assertThat(checked().first()).contains(new Fault(Flaw.ALTERED, 3, run, 0));
  }

  @Test
  default void check_rowMissing_isNamed() {
    RunId run = sent();
    tamper(Tampering.DROP_ROW, run, 2);
    assertThat(checked().first()).contains(new Fault(Flaw.MISSING, 3, run, 0));
  }

  @Test
  default void check_rowsReordered_isNamed() {
    RunId run = sent();
    tamper(Tampering.SWAP_ROWS, run, 2);
    assertThat(checked().first().orElseThrow().seq()).isEqualTo(2);
  }

  @Test
  default void check_lastRowsCut_isNamed_byTheRecordsAndByAHeadFromOutside() {
    RunId run = sent();
    Head outside = audit().head();
    tamper(Tampering.CUT, run, 2);

    Result against = new AuditCheck(audit(), Long.MAX_VALUE, () -> {}).all(outside);
    assertThat(against.faults().stream().map(Fault::flaw)).contains(Flaw.TRUNCATED);
    assertThat(against.head().seq()).isEqualTo(2);
  }

  @Test
  default void check_anotherChain_isNamedByAHeadFromOutside() {
    sent();
    Head outside = new Head(2, "f".repeat(64));

    assertThat(
            new AuditCheck(audit(), Long.MAX_VALUE, () -> {}).all(outside).first().map(Fault::flaw))
        .contains(Flaw.OTHER_CHAIN);
    assertThat(new AuditCheck(audit(), Long.MAX_VALUE, () -> {}).all(rows().get(1).head()).faults())
        .isEmpty();
  }

  @Test
  default void check_recordAltered_isNamed() {
    RunId run = sent();
    tamper(Tampering.ALTER_RECORD, run, 4);
    assertThat(checked().first()).contains(new Fault(Flaw.RECORD_ALTERED, 3, run, 4));
  }

  @Test
  default void check_recordAlteredAndBlanked_isFound() {
    RunId run = sent();
    tamper(Tampering.ALTER_AND_BLANK_RECORD, run, 4);
    assertThat(found()).isEqualTo(Flaw.RECORDS_MISSING);
  }

  @Test
  default void check_recordMissing_isNamed() {
    RunId run = sent();
    tamper(Tampering.DROP_RECORD, run, 4);
    assertThat(checked().first()).contains(new Fault(Flaw.RECORDS_MISSING, 3, run, 0));
  }

  @Test
  default void check_allRecordsOfARunMissing_isNamed() {
    RunId run = sent();
    tamper(Tampering.DROP_RECORDS, run, 0);
    assertThat(checked().first()).contains(new Fault(Flaw.RECORDS_MISSING, 2, run, 0));
  }

  @Test
  default void check_recordThatWasSentAndHasNoLeaf_isNamed() {
    RunId run = sent();
    tamper(Tampering.DROP_LEAF, run, 4);
    assertThat(checked().faults().stream().map(Fault::flaw))
        .contains(Flaw.RECORDS_MISSING, Flaw.NOT_ENTERED);
  }

  @Test
  default void check_recordForged_isNamed() {
    RunId run = sent();
    tamper(Tampering.FORGE_RECORD, run, NEVER_SENT);

    assertThat(checked().first()).contains(new Fault(Flaw.NOT_ENTERED, 4, run, 1));
  }

  @Test
  default void check_recordForgedAmongThoseOfARow_isNamed() {
    RunId run = sent();
    tamper(Tampering.FORGE_RECORD_OF_FIRST_BATCH, run, NEVER_SENT);

    assertThat(checked().first()).contains(new Fault(Flaw.RECORDS_MISSING, 2, run, 0));
  }

  @Test
  default void check_recordBlankedWhereSomebodyIsForgottenAndPurged_isFound() {
    RunId first = sent();
    RunId second = sent();
    PersonalData.Removed unused = store().personalData().forget(List.of(pmiId(4)), STAMP);
    assertThat(checked().faults()).isEmpty();
    store().changes().blankValues(first, 0, 10);
    store().runs().markBlanked(first);
    assertThat(checked().faults()).isEmpty();

    tamper(Tampering.ALTER_AND_BLANK_RECORD, second, 2);

    assertThat(checked().first()).contains(new Fault(Flaw.RECORDS_MISSING, 1, null, 1));
  }

  private static Decision adoption(int participant) {
    return new Decision(
        DecisionTable.Kind.ADOPTION,
        pmiId(participant).value(),
        "",
        DecisionTable.Verdict.ADOPT,
        contactId(participant).value(),
        "somebody",
        "why",
        STAMP,
        "");
  }

  /** Decisions and holds that came, were put in the place of others, and went. */
  private RunId decided() {
    RunId run = sent();
    store().decisions().put(List.of(adoption(1), adoption(2), adoption(3)));
    store().decisions().put(List.of(adoption(1)));
    int unusedDecision = store().decisions().remove(List.of(adoption(3), adoption(4)));
    store()
        .holds()
        .put(
            List.of(
                new Hold(pmiId(1), HoldTable.Kind.REVIEW, "code", STAMP, null),
                new Hold(pmiId(2), HoldTable.Kind.QUARANTINE, "code", STAMP, "hash")));
    store().holds().put(List.of(new Hold(pmiId(2), HoldTable.Kind.UNDO, "code", STAMP, "hash")));
    int unusedHold = store().holds().release(List.of(pmiId(1)));
    return run;
  }

  @Test
  default void standing_isWhatEachRowLeft() {
    decided();

    assertThat(checked().faults()).isEmpty();
    assertThat(rows()).allSatisfy(row -> assertThat(row.what()).containsKey(AuditTable.STANDING));
    assertThat(rows().get(rows().size() - 1).what().get(AuditTable.STANDING)).startsWith("3:");
    assertThat(new AuditCheck(audit(), 1_000, () -> {}).sinceLast().faults()).isEmpty();
  }

  @Test
  default void standing_forgottenPerson_leavesTheHoldAlone_andTheChainVerifies() {
    decided();
    PersonalData.Removed unused = store().personalData().forget(List.of(pmiId(1)), STAMP);

    assertThat(checked().faults()).isEmpty();
    assertThat(rows().get(rows().size() - 1).what().get(AuditTable.STANDING)).startsWith("3:");
  }

  @Test
  default void standing_decisionThatEndsWithItsFlaw_isInARow() {
    store()
        .decisions()
        .put(
            List.of(
                new Decision(
                    DecisionTable.Kind.FLAW,
                    pmiId(1).value(),
                    "contact.Email:invalid-email",
                    DecisionTable.Verdict.ACKNOWLEDGED,
                    "",
                    "somebody",
                    "",
                    STAMP,
                    "hash")));
    int removed = store().decisions().removeUnused(STAMP.plusSeconds(1));

    assertThat(removed).isEqualTo(1);
    assertThat(kinds()).endsWith("DECISION", "ENDED");
    assertThat(checked().faults()).isEmpty();
  }

  private void assertStandingAltered(Tampering how, long altered) {
    RunId run = decided();
    tamper(how, run, 0);
    Fault fault = new Fault(Flaw.STANDING_ALTERED, rows().size(), null, altered);

    assertThat(checked().faults()).containsExactly(fault);
    assertThat(new AuditCheck(audit(), 1_000, () -> {}).sinceLast().faults())
        .containsExactly(fault);

    // what a person decides afterwards does not make it good
    store().decisions().put(List.of(adoption(7)));
    assertThat(checked().faults())
        .containsExactly(new Fault(Flaw.STANDING_ALTERED, rows().size(), null, altered));

    accept(checked().first().orElseThrow());
    assertThat(checked().faults()).isEmpty();
    store().decisions().put(List.of(adoption(8)));
    assertThat(checked().faults()).isEmpty();
  }

  @Test
  default void check_decisionAltered_isFound() {
    assertStandingAltered(Tampering.ALTER_STANDING, 1);
  }

  @Test
  default void check_decisionAddedByHand_isFound() {
    assertStandingAltered(Tampering.ADD_STANDING, 0);
  }

  @Test
  default void check_decisionRemovedByHand_isFound() {
    assertStandingAltered(Tampering.DROP_STANDING, 0);
  }

  private void accept(Fault fault) {
    Head unused = audit().append(AuditCheck.accepted(fault, "why"));
  }

  @Test
  default void check_faultThatSomebodyAccepted_isNoneAnyMore() {
    RunId run = sent();
    tamper(Tampering.ALTER_ROW, run, 3);
    accept(checked().first().orElseThrow());

    assertThat(checked().faults()).isEmpty();
    assertThat(checked().accepted()).isEqualTo(1);
  }

  @Test
  default void check_acceptedByAnEarlierVersion_countsForTheWholeRow() {
    RunId run = sent();
    tamper(Tampering.ALTER_RECORD, run, 1);
    Head unused =
        audit()
            .append(
                Entry.of(
                    Kind.ACCEPTED,
                    null,
                    Map.of(AuditTable.ROW, "2", AuditTable.FAULT, Flaw.RECORD_ALTERED.name())));

    assertThat(checked().faults()).isEmpty();
  }

  @Test
  default void check_anotherRecordOfTheSameRowAlteredLater_isNotAcceptedWithTheFirst() {
    RunId run = sent();
    tamper(Tampering.ALTER_RECORD, run, 1);
    accept(checked().first().orElseThrow());
    assertThat(checked().faults()).isEmpty();

    tamper(Tampering.ALTER_RECORD, run, 2);

    assertThat(checked().first()).contains(new Fault(Flaw.RECORD_ALTERED, 2, run, 2));
  }

  @Test
  default void check_faultOfNoRowAccepted_staysAcceptedWhenTheTrailGrows() {
    RunId run = sent();
    tamper(Tampering.FORGE_RECORD, run, NEVER_SENT);
    tamper(Tampering.ALTER_AND_BLANK_RECORD, run, 2);
    assertThat(checked().faults()).hasSize(2);
    checked().faults().forEach(this::accept);
    RunId later = sent();

    assertThat(checked().faults()).isEmpty();
    assertThat(audit().lastOf(later)).isPresent();
  }

  @Test
  default void sinceLast_looksAtWhatIsNew_andHangsOnWhatItHasSeen() {
    RunId run = sent();
    assertThat(sinceLast().rows()).isEqualTo(4);
    assertThat(audit().verified()).isEqualTo(audit().head());
    assertThat(sinceLast().rows()).isZero();
    sent();
    assertThat(sinceLast().rows()).isEqualTo(3);
    tamper(Tampering.ALTER_ROW, run, 7);

    assertThat(sinceLast().first().map(Fault::flaw)).contains(Flaw.ALTERED);
  }

  @Test
  default void sinceLast_newRowAltered_doesNotComeFurther() {
    Result before = sinceLast();
    RunId run = sent();
    tamper(Tampering.ALTER_ROW, run, 3);

    assertThat(sinceLast().first().map(Fault::flaw)).contains(Flaw.ALTERED);
    assertThat(sinceLast().first().map(Fault::flaw)).contains(Flaw.ALTERED);
    assertThat(audit().verified()).isEqualTo(before.head());
  }

  private Result sinceLast() {
    return new AuditCheck(audit(), 1_000, () -> {}).sinceLast();
  }

  @Test
  default void append_afterTheEndWasCut_leavesAGap() {
    RunId run = sent();
    tamper(Tampering.DROP_ROW, run, 4);
    Head unused = audit().append(Entry.of(Kind.LOOK, null, Map.of()));

    assertThat(checked().first().map(Fault::flaw)).contains(Flaw.MISSING);
  }
}
