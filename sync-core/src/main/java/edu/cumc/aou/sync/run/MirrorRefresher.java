package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.SyncStep;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.MirrorTable.MirrorCounts;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Brings the mirror up to date with Salesforce: what changed if that is enough, everything if it is
 * not.
 */
public final class MirrorRefresher {

  /** Long transactions commit late with earlier stamps: so far back is looked again. */
  static final Duration OVERLAP = Duration.ofMinutes(10);

  private static final Duration FULL_EVERY = Duration.ofDays(7);

  /** Salesforce keeps deletions for 15 days; a day is left for doubt. */
  private static final Duration DELETIONS_KEPT = Duration.ofDays(14);

  private static final int PROGRESS_EVERY = 2000;

  private final RunServices services;
  private final BoundMapping mapping;
  private final LeaseKeeper lease;
  private final String fingerprint;

  public MirrorRefresher(RunContext context) {
    this.services = context.services();
    this.mapping = context.mapping();
    this.lease = context.lease();
    this.fingerprint = mapping.fingerprint();
  }

  /**
   * Refreshes at the start of a run, and reads everything if the numbers of records do not agree
   * afterwards.
   */
  public void refreshAndVerify(boolean full) {
    Instant now = services.crm().serverTime();
    Optional<MirrorState> state = services.store().mirror().state();
    Optional<String> reason = full ? Optional.of("asked for") : reasonForFull(state, now);
    if (reason.isPresent() || state.isEmpty()) {
      services.listener().note("reading all Contacts and journeys: " + reason.orElse("first run"));
      read(RefreshKind.FULL, now, now, CrmScope.all());
      return;
    }
    readChanges(state.get(), now);
    if (!agreesWithCounts()) {
      services
          .listener()
          .note("reading all Contacts and journeys: the numbers of records disagree");
      Instant again = services.crm().serverTime();
      read(RefreshKind.FULL, again, again, CrmScope.all());
    }
  }

  /** Reads what changed since the last refresh of this run. */
  public void refresh() {
    Instant now = services.crm().serverTime();
    Optional<MirrorState> state = services.store().mirror().state();
    if (state.isPresent() && state.get().mappingFingerprint().equals(fingerprint)) {
      readChanges(state.get(), now);
    } else {
      read(RefreshKind.FULL, now, now, CrmScope.all());
    }
  }

  private Optional<String> reasonForFull(Optional<MirrorState> state, Instant now) {
    if (state.isEmpty()) {
      return Optional.of("first run");
    }
    if (!state.get().mappingFingerprint().equals(fingerprint)) {
      return Optional.of("the mapping changed");
    }
    if (state.get().fullAt().plus(FULL_EVERY).isBefore(now)) {
      return Optional.of("the last time was over 7 days ago");
    }
    if (state.get().watermark().plus(DELETIONS_KEPT).isBefore(now)) {
      return Optional.of("the last run was over 14 days ago");
    }
    return Optional.empty();
  }

  private void readChanges(MirrorState state, Instant now) {
    read(RefreshKind.INCREMENTAL, now, state.fullAt(), CrmScope.changedSince(state.watermark()));
  }

  private void read(RefreshKind kind, Instant now, Instant fullAt, CrmScope scope) {
    Crm crm = services.crm();
    long done = 0;
    try (MirrorTable.Refresh refresh = services.store().mirror().begin(kind)) {
      try (Cursor<Contact> contacts = crm.contacts(scope, mapping.contactFields())) {
        while (contacts.hasNext()) {
          refresh.add(contacts.next());
          tell(++done);
        }
      }
      try (Cursor<Journey> journeys = crm.journeys(scope, mapping.journeyFields())) {
        while (journeys.hasNext()) {
          refresh.add(journeys.next());
          tell(++done);
        }
      }
      refresh.commit(new MirrorState(now.minus(OVERLAP), fullAt, fingerprint));
    }
  }

  private void tell(long done) {
    if (done % PROGRESS_EVERY == 0) {
      lease.keep();
      services.listener().progress(SyncStep.REFRESH_MIRROR, done, -1);
    }
  }

  private boolean agreesWithCounts() {
    MirrorCounts mirrored = services.store().mirror().counts();
    return services.crm().count(CrmObject.CONTACT, CrmScope.all()) == mirrored.contacts()
        && services.crm().count(CrmObject.JOURNEY, CrmScope.all()) == mirrored.journeys();
  }
}
