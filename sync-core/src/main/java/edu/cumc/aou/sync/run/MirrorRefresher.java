package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.MirrorTable.MirrorCounts;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.Place;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import edu.cumc.aou.sync.port.WaitPermit;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Updates the mirror from Salesforce: reads the changes if that is enough, and everything if not.
 */
public final class MirrorRefresher {

  /** Long transactions commit late with earlier stamps, so each refresh looks back this far. */
  static final Duration OVERLAP = Duration.ofMinutes(10);

  /**
   * At the start of a run, a refresh looks back this much further, because a job of the org may
   * keep its transaction open longer. It costs no extra call, but reads the records of that hour.
   */
  static final Duration LOOK_BACK = Duration.ofHours(1);

  private static final Duration FULL_EVERY = Duration.ofDays(7);

  /** Salesforce keeps deletions for 15 days; we leave a day of doubt. */
  private static final Duration DELETIONS_KEPT = Duration.ofDays(14);

  private static final int PROGRESS_EVERY = 2000;

  /** After an interruption, at most this many records are read again. */
  private static final int PLACE_EVERY = 20_000;

  /** An older place is dropped, and everything is read anew. */
  private static final Duration PLACE_EXPIRES = Duration.ofDays(1);

  /** A wait checks for a stop request at least this often. */
  private static final Duration HEARS_A_STOP = Duration.ofSeconds(2);

  /** Notes for this run which records Salesforce shows otherwise than the mirror. */
  private final @Nullable RunId run;

  private final RunServices services;
  private final Crm crm;
  private final BoundMapping mapping;
  private final LeaseKeeper lease;
  private final Deadline deadline;
  private final String fingerprint;
  private final ChangeReading changes;

  /** How many records a full refresh has read that changed at its watermark or after it. */
  private long readLately;

  /** Refreshes for a plan. */
  public MirrorRefresher(RunContext context) {
    this(context, false);
  }

  /**
   * Refreshes for a run.
   *
   * @param notes whether to note which records Salesforce shows otherwise than the mirror
   */
  MirrorRefresher(RunContext context, boolean notes) {
    this.run = notes ? context.run() : null;
    this.services = context.services();
    this.mapping = context.mapping();
    this.lease = context.lease();
    this.deadline = context.deadline();
    this.fingerprint = mapping.fingerprint();
    this.crm = services.crm().asking(new Meanwhile());
    this.changes = new ChangeReading(context, crm, run, this::tell);
  }

  /** Keeps the lease while waiting for Salesforce, and notices the deadline and a stop. */
  private final class Meanwhile implements WaitPermit {
    @Override
    public void toWait() {
      deadline.requireTime();
      lease.keep();
    }

    @Override
    public Duration every() {
      return HEARS_A_STOP;
    }
  }

  /**
   * Refreshes at the start of a run, and reads everything if the numbers of records do not agree
   * afterwards.
   *
   * @param lookedBack whether an earlier invocation has looked back beyond the watermark
   */
  public void refreshAndVerify(boolean full, boolean lookedBack) {
    Instant now = services.crm().serverTime();
    mirroredChanges(full, now)
        .ifPresent(
            state -> {
              changes.read(lookedBack ? state : lookingBack(state), now);
              verify();
            });
  }

  /**
   * Refreshes for a resumed run: reads on where the mirror ends, and then what others committed
   * late. It compares the numbers of records only if the last refresh is more than an hour old: a
   * younger refresh was made by this run.
   */
  public void refreshToGoOn() {
    Instant now = services.crm().serverTime();
    mirroredChanges(false, now)
        .ifPresent(
            state -> {
              changes.readSinceLast(state, now);
              changes.readLateOfOthers(state, now);
              if (state.readUpTo().plus(LOOK_BACK).isBefore(now)) {
                verify();
              }
            });
  }

  /**
   * The state of the mirror if reading the changes is enough; otherwise reads everything, and
   * returns empty.
   */
  private Optional<MirrorState> mirroredChanges(boolean full, Instant now) {
    Optional<MirrorState> state = services.store().mirror().state();
    Optional<Place> place = services.store().mirror().place().filter(p -> isOfUse(p, now));
    if (place.isPresent()) {
      services.listener().note("going on with the reading of all Contacts and journeys");
      readAll(place.get(), services.store().mirror().goOn());
      return Optional.empty();
    }
    Optional<String> reason = full ? Optional.of("asked for") : reasonForFull(state, now);
    if (reason.isPresent() || state.isEmpty()) {
      services.listener().note("reading all Contacts and journeys: " + reason.orElse("first run"));
      readAll(now);
      return Optional.empty();
    }
    return state;
  }

  /** Reads everything, whatever state the mirror is in. */
  void readAll() {
    readAll(services.crm().serverTime());
  }

  private void verify() {
    if (!agreesWithCounts()) {
      services
          .listener()
          .note("reading all Contacts and journeys: the numbers of records disagree");
      readAll(services.crm().serverTime());
    }
  }

  /** The same state, as if its last hour were unknown. */
  private static MirrorState lookingBack(MirrorState state) {
    Instant further = state.readUpTo().minus(LOOK_BACK);
    return further.isBefore(state.watermark())
        ? new MirrorState(
            further,
            state.fullAt(),
            state.mappingFingerprint(),
            state.readUpTo(),
            state.readAgain())
        : state;
  }

  /** Reads what changed since the last refresh, and what was committed late before it. */
  public void refresh() {
    refresh(changes::read);
  }

  /**
   * Reads what was committed since the last refresh, after the run's own writes. The watermark
   * stays, so the next {@link #refresh} still reads what long transactions commit late with an
   * earlier time.
   */
  public void refreshLatest() {
    refresh(changes::readSinceLast);
  }

  private void refresh(BiConsumer<MirrorState, Instant> reading) {
    Instant now = services.crm().serverTime();
    Optional<MirrorState> state = services.store().mirror().state();
    if (state.isPresent() && state.get().mappingFingerprint().equals(fingerprint)) {
      reading.accept(state.get(), now);
    } else {
      readAll(now);
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

  private boolean isOfUse(Place place, Instant now) {
    return place.state().mappingFingerprint().equals(fingerprint)
        && place.state().fullAt().plus(PLACE_EXPIRES).isAfter(now);
  }

  private void readAll(Instant now) {
    MirrorState state = new MirrorState(now.minus(OVERLAP), now, fingerprint);
    readAll(
        new Place(state, CrmObject.CONTACT, null),
        services.store().mirror().begin(RefreshKind.FULL));
  }

  /** Reads everything from a place on, and stores its place when time runs out. */
  private void readAll(Place from, MirrorTable.Refresh begun) {
    readLately = 0;
    Optional<MirrorState> before = services.store().mirror().state();
    try (MirrorTable.Refresh refresh = begun) {
      Place place = from;
      if (place.object() == CrmObject.CONTACT) {
        readContacts(refresh, place);
        place = new Place(from.state(), CrmObject.JOURNEY, null);
      }
      readJourneys(refresh, place);
      readOrphans(refresh);
      MirrorState state = from.state();
      if (before.filter(b -> isForgotten(b.watermark(), state)).isPresent()) {
        refresh.followJourneys();
      }
      if (run != null) {
        refresh.noteAltered(run);
      }
      refresh.commit(
          new MirrorState(
              state.watermark(), state.fullAt(), fingerprint, state.fullAt(), readLately));
    }
    before.ifPresent(
        b ->
            readMerged(
                isForgotten(b.watermark(), from.state())
                    ? from.state().fullAt().minus(DELETIONS_KEPT)
                    : b.watermark()));
  }

  /** Whether Salesforce no longer reports all deletions and merges since then. */
  private static boolean isForgotten(Instant since, MirrorState state) {
    return !since.plus(DELETIONS_KEPT).isAfter(state.fullAt());
  }

  /**
   * Contacts that a full refresh does not see are gone; only deleted records tell that a Contact
   * was merged, and into which one.
   */
  private void readMerged(Instant since) {
    MirrorState state = services.store().mirror().state().orElseThrow();
    try (MirrorTable.Refresh refresh = services.store().mirror().begin(RefreshKind.INCREMENTAL);
        Cursor<Contact> contacts =
            crm.contacts(CrmScope.changedSince(since), mapping.contactFields())) {
      long done = 0;
      while (contacts.hasNext()) {
        deadline.requireTime();
        refresh.add(contacts.next());
        tell(++done);
      }
      refresh.commit(state);
    }
  }

  private void readContacts(MirrorTable.Refresh refresh, Place from) {
    Place place = from;
    long done = 0;
    try (Cursor<Contact> contacts =
        crm.contacts(CrmScope.allFrom(from.lastId()), mapping.contactFields())) {
      while (contacts.hasNext()) {
        keepIfDue(refresh, place, done);
        Contact contact = contacts.next();
        refresh.add(contact);
        readLately += contact.modstamp().isBefore(from.state().watermark()) ? 0 : 1;
        place = new Place(from.state(), CrmObject.CONTACT, contact.id().value());
        tell(++done);
      }
    }
  }

  private void readJourneys(MirrorTable.Refresh refresh, Place from) {
    Place place = from;
    long done = 0;
    try (Cursor<Journey> journeys =
        crm.journeys(CrmScope.allFrom(from.lastId()), mapping.journeyFields())) {
      while (journeys.hasNext()) {
        keepIfDue(refresh, place, done);
        Journey journey = journeys.next();
        refresh.add(journey);
        readLately += journey.modstamp().isBefore(from.state().watermark()) ? 0 : 1;
        place = new Place(from.state(), CrmObject.JOURNEY, journey.id().value());
        tell(++done);
      }
    }
  }

  /** Asks whether journeys without a Contact still exist, because no scope selects them. */
  private void readOrphans(MirrorTable.Refresh refresh) {
    List<JourneyId> orphans = services.store().mirror().orphans();
    Set<JourneyId> erased = new LinkedHashSet<>(orphans);
    for (int from = 0; from < orphans.size(); from += CrmScope.MOST_IDS) {
      CrmScope some =
          CrmScope.some(
              orphans.subList(from, Math.min(from + CrmScope.MOST_IDS, orphans.size())).stream()
                  .map(JourneyId::value)
                  .toList());
      try (Cursor<Journey> journeys = crm.journeys(some, mapping.journeyFields())) {
        while (journeys.hasNext()) {
          Journey journey = journeys.next();
          refresh.add(journey);
          erased.remove(journey.id());
        }
      }
    }
    for (JourneyId id : erased) {
      refresh.add(new Journey(id, null, FieldValues.empty(), Instant.EPOCH, "", false, true));
    }
  }

  private void keepIfDue(MirrorTable.Refresh refresh, Place place, long done) {
    if (deadline.isOver()) {
      refresh.keep(place);
      deadline.requireTime();
    }
    if (done > 0 && done % PLACE_EVERY == 0) {
      refresh.keep(place);
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
    return services
        .crm()
        .counts(CrmScope.all())
        .equals(
            Map.of(CrmObject.CONTACT, mirrored.contacts(), CrmObject.JOURNEY, mirrored.journeys()));
  }
}
