package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import edu.cumc.aou.sync.port.RecordStamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One refresh of the mirror with changed records. It reads Contacts and journeys side by side, in
 * the order of their times, and knows up to which moment it has seen everything. Closing it without
 * a commit leaves the mirror as it was. Not thread-safe.
 */
final class ChangePass implements AutoCloseable {

  private static final int PAGE = 1000;

  /** Asks for at most this many records by id; with more, it reads everything again. */
  private static final int MOST_UNLIKE = 2 * CrmScope.MOST_IDS;

  private final MirrorTable mirror;
  private final MirrorTable.Refresh refresh;
  private final Crm crm;
  private final BoundMapping mapping;
  private final Deadline deadline;
  private final LongConsumer progress;
  private final Instant countsFrom;
  private final Map<CrmObject, Unlike> unlike = new EnumMap<>(CrmObject.class);

  private Instant reached = Instant.EPOCH;
  private long records;
  private long again;
  private long done;

  /**
   * Begins.
   *
   * @param noting the run for which to note what Salesforce shows otherwise; null for none
   * @param countsFrom the moment from which {@link #again} counts
   * @param progress learns how many records were read so far
   */
  ChangePass(
      RunContext context,
      Crm crm,
      @Nullable RunId noting,
      Instant countsFrom,
      LongConsumer progress) {
    this.mirror = context.services().store().mirror();
    this.refresh = mirror.begin(RefreshKind.INCREMENTAL);
    if (noting != null) {
      refresh.noteAltered(noting);
    }
    this.mapping = context.mapping();
    this.deadline = context.deadline();
    this.crm = crm;
    this.countsFrom = countsFrom;
    this.progress = progress;
  }

  /** It has seen everything that changed before this moment, even if it was interrupted. */
  Instant reached() {
    return reached;
  }

  /** How many records were read by time, and not by id. */
  long records() {
    return records;
  }

  /** How many of the records that were seen changed at the given moment or later. */
  long again() {
    return again;
  }

  void commit(MirrorState state) {
    refresh.commit(state);
  }

  @Override
  public void close() {
    refresh.close();
  }

  /** Reads the records that changed at or after a moment. */
  void read(Instant since) {
    CrmScope scope = CrmScope.changedSince(since);
    reached = since;
    done = 0;
    try (Ahead<Contact> contacts =
            new Ahead<>(
                crm.contacts(scope, mapping.contactFields()), Contact::modstamp, refresh::add);
        Ahead<Journey> journeys =
            new Ahead<>(
                crm.journeys(scope, mapping.journeyFields()), Journey::modstamp, refresh::add)) {
      for (Ahead<?> due = first(contacts, journeys); due != null; due = first(contacts, journeys)) {
        reached = due.at();
        deadline.requireTime();
        count(due.at());
        records++;
        due.take();
      }
    }
  }

  /** The stamps of what changed in an interval. */
  interface Stamps {
    Cursor<RecordStamp> read(CrmObject object, Instant from, Instant before);
  }

  /**
   * Compares the stamps of an interval with those in the mirror, and reads the records that differ.
   *
   * @return whether it came to the end. If {@code mayGiveUp}, it stops when so much differs that
   *     reading all records from {@link #reached} on costs less
   */
  boolean compare(Stamps stamps, Instant from, Instant before, boolean mayGiveUp) {
    unlike.clear();
    reached = from;
    done = 0;
    try (Ahead<RecordStamp> contacts = ahead(stamps, CrmObject.CONTACT, from, before);
        Ahead<RecordStamp> journeys = ahead(stamps, CrmObject.JOURNEY, from, before)) {
      for (Ahead<?> due = first(contacts, journeys); due != null; due = first(contacts, journeys)) {
        comeTo(due.at());
        deadline.requireTime();
        if (mayGiveUp && unlike.values().stream().anyMatch(u -> u.isMoreThan(MOST_UNLIKE))) {
          return false;
        }
        count(due.at());
        due.take();
        if (!mayGiveUp) {
          unlike.values().stream()
              .filter(u -> u.isMoreThan(CrmScope.MOST_IDS))
              .forEach(u -> u.read(reached));
        }
      }
    }
    for (Unlike some : unlike.values()) {
      some.look();
      some.read(before);
    }
    reached = before;
    return true;
  }

  private Ahead<RecordStamp> ahead(Stamps stamps, CrmObject object, Instant from, Instant before) {
    Unlike some = unlike.computeIfAbsent(object, Unlike::new);
    return new Ahead<>(stamps.read(object, from, before), RecordStamp::modstamp, some::add);
  }

  /** Records that still have to be compared or read do not count as seen. */
  private void comeTo(Instant at) {
    reached =
        unlike.values().stream()
            .flatMap(u -> u.earliest().stream())
            .filter(open -> open.isBefore(at))
            .min(Instant::compareTo)
            .orElse(at);
  }

  private void count(Instant changed) {
    again += changed.isBefore(countsFrom) ? 0 : 1;
    progress.accept(++done);
  }

  private static @Nullable Ahead<?> first(Ahead<?> one, Ahead<?> other) {
    if (one.isOver()) {
      return other.isOver() ? null : other;
    }
    return other.isOver() || !one.at().isAfter(other.at()) ? one : other;
  }

  /** A stream that shows its next element. */
  private static final class Ahead<T> implements AutoCloseable {
    private final Cursor<T> cursor;
    private final Function<T, Instant> time;
    private final Consumer<T> taker;
    private @Nullable T next;

    Ahead(Cursor<T> cursor, Function<T, Instant> time, Consumer<T> taker) {
      this.cursor = cursor;
      this.time = time;
      this.taker = taker;
    }

    boolean isOver() {
      if (next == null && cursor.hasNext()) {
        next = cursor.next();
      }
      return next == null;
    }

    Instant at() {
      return time.apply(element());
    }

    void take() {
      taker.accept(element());
      next = null;
    }

    private T element() {
      T element = next;
      if (element == null) {
        throw new IllegalStateException("nothing is there");
      }
      return element;
    }

    @Override
    public void close() {
      cursor.close();
    }
  }

  /**
   * The records of one object that still have to be compared, and those to read because they
   * differ.
   */
  private final class Unlike {
    private final CrmObject object;
    private final List<RecordStamp> page = new ArrayList<>(PAGE);
    private final List<RecordStamp> differing = new ArrayList<>();

    Unlike(CrmObject object) {
      this.object = object;
    }

    void add(RecordStamp stamp) {
      page.add(stamp);
      if (page.size() == PAGE) {
        look();
      }
    }

    void look() {
      if (!page.isEmpty()) {
        Set<String> ids = Set.copyOf(mirror.notAsStamped(object, page));
        page.stream().filter(s -> ids.contains(s.id())).forEach(differing::add);
        page.clear();
      }
    }

    boolean isMoreThan(int most) {
      return differing.size() > most;
    }

    Optional<Instant> earliest() {
      return (differing.isEmpty() ? page : differing)
          .stream().findFirst().map(RecordStamp::modstamp);
    }

    /** {@code upTo}: nothing was compared from this moment on. */
    void read(Instant upTo) {
      while (!differing.isEmpty()) {
        List<RecordStamp> some =
            differing.subList(0, Math.min(CrmScope.MOST_IDS, differing.size()));
        CrmScope scope = CrmScope.some(some.stream().map(RecordStamp::id).toList());
        deadline.requireTime();
        if (object == CrmObject.CONTACT) {
          try (Cursor<Contact> contacts = crm.contacts(scope, mapping.contactFields())) {
            contacts.forEachRemaining(refresh::add);
          }
        } else {
          try (Cursor<Journey> journeys = crm.journeys(scope, mapping.journeyFields())) {
            journeys.forEachRemaining(refresh::add);
          }
        }
        some.clear();
        comeTo(upTo);
      }
    }
  }
}
