package edu.cumc.aou.sync.plan;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import edu.cumc.aou.sync.adoption.Match;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.FlawTable;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.InMemorySyncStore;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceEntry.RejectReason;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which flaws of the source the store knows after a plan, and which of them count as new. */
class FlawBookTest {

  private static final RunId RUN = new RunId(9);
  private static final long LAST_GOOD = 5;
  private static final int BATCH = 500;

  private final FlawTable table = new InMemorySyncStore(new VirtualClock()).flaws();
  private final Tallier tallier = new Tallier();

  /** Opens a book over these flaws, which the store knows already. */
  private FlawBook book(boolean everybody, Flaw... known) {
    table.change(List.of(), List.of(known));
    Cursor<Flaw> cursor = Cursor.of(List.of(known).iterator());
    return new FlawBook(table, cursor, RUN, LAST_GOOD, everybody, tallier);
  }

  private static Flaw mail(int number, String hash) {
    return Flaw.ofField(pmiId(number), CrmObject.CONTACT, "Email:invalid-email", hash, "m");
  }

  private static Flaw adoption(int number, String code) {
    return Flaw.ofRow(pmiId(number), CrmObject.CONTACT, code, "same");
  }

  private static Flaw acknowledged(Flaw flaw) {
    return new Flaw(
        flaw.subject(),
        flaw.kind(),
        flaw.what(),
        flaw.sourceHash(),
        flaw.value(),
        flaw.position(),
        flaw.firstRun(),
        flaw.sourceHash());
  }

  private List<Flaw> stored() {
    List<Flaw> all = new ArrayList<>();
    table.read().forEachRemaining(all::add);
    return all;
  }

  private Map<String, Long> counts() {
    return tallier.tallies().asMap();
  }

  @Test
  void flawOfASkippedParticipant_isGone_ifThePlanIsAboutEverybody() {
    Flaw earlier = mail(1, "same").foundBy(new RunId(3));
    Flaw theirs = mail(2, "same").foundBy(new RunId(3));
    FlawBook book = book(true, earlier, theirs);

    assertThat(book.knownOf(pmiText(2))).containsExactly(theirs);
    book.flush();

    assertThat(stored()).containsExactly(theirs);
  }

  @Test
  void flawAfterTheLastParticipant_isGone_ifThePlanIsAboutEverybody() {
    book(true, mail(1, "same"), mail(2, "same")).close();

    assertThat(stored()).isEmpty();
  }

  @Test
  void flawOfSomebodyElse_stays_ifThePlanIsAboutFew() {
    Flaw earlier = mail(1, "same").foundBy(new RunId(3));
    Flaw later = mail(3, "same").foundBy(new RunId(3));
    FlawBook book = book(false, earlier, later);

    assertThat(book.knownOf(pmiText(2))).isEmpty();
    book.close();

    assertThat(stored()).containsExactly(earlier, later);
  }

  @Test
  void mendedFlaw_isGone() {
    FlawBook book = book(false, mail(1, "same"));

    book.settle(book.knownOf(pmiText(1)), List.of());
    book.flush();

    assertThat(stored()).isEmpty();
    assertThat(counts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5, 0", "6, 1"})
  void unchangedFlaw_keepsItsFirstRun_andIsNewAfterTheLastGoodRun(long firstRun, int isNew) {
    Flaw known = mail(1, "same").foundBy(new RunId(firstRun));
    FlawBook book = book(true, known);

    book.settle(book.knownOf(pmiText(1)), List.of(mail(1, "same")));
    book.close();

    assertThat(stored()).containsExactly(known);
    assertThat(counts().getOrDefault("contact.new.Email:invalid-email", 0L)).isEqualTo(isNew);
  }

  @Test
  void flawWithAnotherSource_isFoundAnew() {
    FlawBook book = book(true, mail(1, "before").foundBy(new RunId(3)));

    book.settle(book.knownOf(pmiText(1)), List.of(mail(1, "after")));
    book.close();

    assertThat(stored()).containsExactly(mail(1, "after").foundBy(RUN));
    assertThat(counts()).containsExactly(entry("contact.new.Email:invalid-email", 1L));
  }

  @Test
  void acknowledgedFlaw_isCountedAsSuch_andIsNotNew() {
    FlawBook book = book(true, acknowledged(mail(1, "same").foundBy(new RunId(3))));

    book.settle(book.knownOf(pmiText(1)), List.of(mail(1, "same")));

    assertThat(counts()).containsExactly(entry("contact.acknowledged.Email:invalid-email", 1L));
  }

  @Test
  void unchangedParticipant_stillHasItsFieldsLeftAlone() {
    FlawBook book = book(true, acknowledged(mail(1, "same").foundBy(new RunId(6))));

    book.keep(book.knownOf(pmiText(1)));
    book.close();

    assertThat(stored()).hasSize(1);
    assertThat(counts())
        .containsOnly(
            entry("contact.refused-field.Email:invalid-email", 1L),
            entry("contact.new.Email:invalid-email", 1L),
            entry("contact.acknowledged.Email:invalid-email", 1L));
  }

  @ParameterizedTest
  @ValueSource(strings = {Match.SEVERAL_PARTICIPANTS, Match.TAKEN})
  void refusedAdoption_isOpenUntilTheEnd_andGoneIfItStands(String code) {
    Flaw known = adoption(1, code).foundBy(new RunId(3));
    FlawBook book = book(true, known);

    book.settle(book.knownOf(pmiText(1)), List.of());
    book.flush();
    assertThat(stored()).containsExactly(known);

    book.settleAtTheEnd(List.<Flaw>of().iterator());
    assertThat(stored()).isEmpty();
  }

  @Test
  void adoptionThatIsRefusedAgain_keepsItsFirstRun_andIsNewAfterTheLastGoodRun() {
    Flaw known = adoption(1, Match.TAKEN).foundBy(new RunId(6));
    FlawBook book = book(true, known);

    book.settle(book.knownOf(pmiText(1)), List.of());
    book.settleAtTheEnd(List.of(adoption(1, Match.TAKEN)).iterator());

    assertThat(stored()).containsExactly(known);
    assertThat(counts()).containsExactly(entry("contact.new." + Match.TAKEN, 1L));
  }

  @Test
  void flawThatIsFoundAgain_afterAPersonAcknowledgedIt_isCountedAsSuch() {
    FlawBook book =
        new FlawBook(
            new DecidedTable(),
            Cursor.of(List.<Flaw>of().iterator()),
            RUN,
            LAST_GOOD,
            true,
            tallier);

    book.settle(List.of(), List.of(mail(1, "same")));
    book.close();

    assertThat(counts())
        .containsOnly(
            entry("contact.new.Email:invalid-email", 1L),
            entry("contact.acknowledged.Email:invalid-email", 1L));
  }

  @Test
  void adoptionThatIsRefusedForAnotherReason_isNew() {
    FlawBook book = book(true, adoption(1, Match.TAKEN).foundBy(new RunId(3)));

    book.settle(book.knownOf(pmiText(1)), List.of());
    book.settleAtTheEnd(List.of(adoption(1, Match.SEVERAL_PARTICIPANTS)).iterator());

    assertThat(stored()).containsExactly(adoption(1, Match.SEVERAL_PARTICIPANTS).foundBy(RUN));
    assertThat(counts()).containsOnlyKeys("contact.new." + Match.SEVERAL_PARTICIPANTS);
  }

  @Test
  void adoptionThatIsOpen_isNobodyElses() {
    Flaw known = adoption(1, Match.TAKEN).foundBy(new RunId(3));
    FlawBook book = book(true, known);

    book.settle(book.knownOf(pmiText(1)), List.of());
    book.settleAtTheEnd(List.of(adoption(2, Match.TAKEN)).iterator());

    assertThat(stored()).containsExactly(adoption(2, Match.TAKEN).foundBy(RUN));
  }

  @Test
  void foundFlaws_areWrittenOnceABatchIsFull() {
    FlawBook book = book(true);
    for (int i = 1; i < BATCH; i++) {
      book.settle(List.of(), List.of(mail(i, "same")));
    }
    assertThat(stored()).isEmpty();

    book.settle(List.of(), List.of(mail(BATCH, "same")));

    assertThat(stored()).hasSize(BATCH);
    book.flush();
    assertThat(counts()).containsExactly(entry("contact.new.Email:invalid-email", (long) BATCH));
  }

  @Test
  void foundAndGoneFlaws_fillABatchTogether() {
    Flaw gone = mail(1, "same");
    FlawBook book = book(true, gone);
    book.settle(book.knownOf(pmiText(1)), List.of());
    for (int i = 2; i <= BATCH; i++) {
      book.settle(List.of(), List.of(mail(i, "same")));
    }

    assertThat(stored()).hasSize(BATCH - 1).noneMatch(gone::isAt);
  }

  @Test
  void rowsWithTheSameKey_areNumbered_andTellTheirPlace() {
    FlawBook book = book(true);
    for (int i = 0; i < 2; i++) {
      SourceEntry.Rejected row = withoutPmiId("none");
      book.read(row);
      book.addKey(row);
    }
    book.close();

    assertThat(stored())
        .extracting(Flaw::what, Flaw::position)
        .containsExactly(
            tuple("contact.malformed-pmi-id#0000001", 1L),
            tuple("contact.malformed-pmi-id#0000002", 2L));
  }

  @Test
  void rowThatIsKnownByItsKey_staysAsItIs_andOneBeforeItIsGone() {
    Flaw before = Flaw.ofKey("a", CrmObject.CONTACT, "malformed-pmi-id", 1, "same", 1);
    Flaw known = Flaw.ofKey("b", CrmObject.CONTACT, "malformed-pmi-id", 1, "same", 2);
    Flaw kept = known.foundBy(new RunId(3));
    FlawBook book = book(true, before, kept);

    SourceEntry.Rejected row = withoutPmiId("b");
    book.read(row);
    book.addKey(row);
    book.close();

    assertThat(stored()).containsExactly(kept);
    assertThat(counts()).isEmpty();
  }

  private static SourceEntry.Rejected withoutPmiId(String key) {
    return new SourceEntry.Rejected(RejectReason.MALFORMED_PMI_ID, null, key, null, "same", 1, 0);
  }

  /** A table in which a person has acknowledged everything. */
  private static final class DecidedTable implements FlawTable {
    @Override
    public Cursor<Flaw> read() {
      return Cursor.of(List.<Flaw>of().iterator());
    }

    @Override
    public List<Flaw> of(PmiId pmiId) {
      return List.of();
    }

    @Override
    public List<Flaw> change(List<Flaw> gone, List<Flaw> found) {
      return found;
    }
  }
}
