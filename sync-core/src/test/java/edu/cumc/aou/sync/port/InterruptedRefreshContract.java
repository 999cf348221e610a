package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.contact;
import static edu.cumc.aou.sync.port.StoreFixtures.journey;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshFully;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.port.MirrorTable.MirrorCounts;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.Place;
import edu.cumc.aou.sync.port.MirrorTable.Refresh;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link MirrorTable} must do about a full refresh that is read in several goes. */
public interface InterruptedRefreshContract extends StoreContractPart {

  /** What the refresh of these tests will be true to. */
  MirrorState STATE =
      new MirrorState(
          Instant.parse("2026-01-05T10:50:00Z"),
          Instant.parse("2026-01-05T11:00:00Z"),
          "fingerprint");

  /** A refresh is begun with a Contact, and interrupted. */
  private Place begunWithContact(int n) {
    Place place = new Place(STATE, CrmObject.CONTACT, contactId(n).value());
    try (Refresh refresh = store().mirror().begin(RefreshKind.FULL)) {
      refresh.add(contact(n, n));
      refresh.keep(place);
    }
    return place;
  }

  @Test
  default void place_nothingKept_isEmpty() {
    assertThat(store().mirror().place()).isEmpty();
    assertThatThrownBy(() -> store().mirror().goOn()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  default void keep_showsNothing_andIsFoundAgain() {
    Place place = begunWithContact(1);

    assertThat(store().mirror().place()).contains(place);
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(0, 0));
    assertThat(store().mirror().state()).isEmpty();
  }

  @Test
  default void keep_beforeTheFirstJourney_hasNoLastId() {
    Place place = new Place(STATE, CrmObject.JOURNEY, null);
    try (Refresh refresh = store().mirror().begin(RefreshKind.FULL)) {
      refresh.keep(place);
    }

    assertThat(store().mirror().place()).contains(place);
  }

  @Test
  default void goOn_commit_bringsWhatBothPartsRead() {
    refreshFully(store(), List.of(contact(9, 9)), List.of());
    Place unused = begunWithContact(1);

    try (Refresh refresh = store().mirror().goOn()) {
      refresh.add(contact(1, 1));
      refresh.add(contact(2, 2));
      refresh.add(journey(1, 1));
      refresh.commit(STATE);
    }

    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(2, 1));
    assertThat(store().mirror().find(pmiId(9)).orElseThrow().contacts())
        .allSatisfy(c -> assertThat(c.gone()).isTrue());
    assertThat(store().mirror().state()).contains(STATE);
    assertThat(store().mirror().place()).isEmpty();
  }

  @Test
  default void goOn_recordThatComesAgain_theLaterOneCounts() {
    Place unused = begunWithContact(1);

    try (Refresh refresh = store().mirror().goOn()) {
      refresh.add(contact(1, 7));
      refresh.commit(STATE);
    }

    assertThat(store().mirror().find(pmiId(1))).isEmpty();
    assertThat(store().mirror().find(pmiId(7))).isPresent();
  }

  @Test
  default void goOn_underALaterLease_findsWhatTheEarlierStaged() {
    LeaseTable.Granted first = granted("first");
    try (Refresh refresh =
        store().under(first.token(), LeaseTableContract.LEASE).mirror().begin(RefreshKind.FULL)) {
      refresh.add(contact(1, 1));
      refresh.keep(new Place(STATE, CrmObject.CONTACT, contactId(1).value()));
    }
    store().lease().suspend(first.token());
    LeaseTable.Granted second = granted("second");

    try (Refresh refresh =
        store().under(second.token(), LeaseTableContract.LEASE).mirror().goOn()) {
      refresh.add(contact(2, 2));
      refresh.commit(STATE);
    }

    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(2, 0));
  }

  private LeaseTable.Granted granted(String holder) {
    return (LeaseTable.Granted) store().lease().acquire(holder, Duration.ofMinutes(10));
  }

  @Test
  default void begin_forgetsWhatWasKept() {
    Place unused = begunWithContact(1);

    try (Refresh refresh = store().mirror().begin(RefreshKind.INCREMENTAL)) {
      assertThat(store().mirror().place()).isEmpty();
      refresh.commit(STATE);
    }

    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(0, 0));
  }

  @Test
  default void forget_forgetsWhatWasKept() {
    Place unused = begunWithContact(1);

    PersonalData.Removed removed = store().personalData().forget(List.of(pmiId(1)), STATE.fullAt());

    assertThat(removed.mirrored()).isZero();
    assertThat(store().mirror().place()).isEmpty();
  }

  @Test
  default void keep_refreshOfWhatChanged_isADefect() {
    try (Refresh refresh = store().mirror().begin(RefreshKind.INCREMENTAL)) {
      assertThatThrownBy(() -> refresh.keep(new Place(STATE, CrmObject.CONTACT, null)))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
