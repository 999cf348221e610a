package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceHash;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.model.SyncException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Merges the ordered rows of both relations into participants, for implementations of {@link
 * ParticipantSource}. Holds one row of each relation.
 *
 * <p>A key that is no PMI ID becomes a rejected entry of its own. Identical rows count as one; rows
 * that differ reject the participant. A key out of order stops the run, because merging unordered
 * streams would invent inserts. Closing it closes both cursors.
 */
public final class ParticipantMerge implements Cursor<SourceEntry> {

  private final Side contacts;
  private final Side journeys;
  private final StatusRule statusRule;

  /** Takes over both cursors. */
  public ParticipantMerge(
      Cursor<KeyedRow> contacts, Cursor<KeyedRow> journeys, StatusRule statusRule) {
    this.contacts = new Side(contacts, SourceRelation.CONTACTS);
    this.journeys = new Side(journeys, SourceRelation.JOURNEYS);
    this.statusRule = statusRule;
  }

  @Override
  public boolean hasNext() {
    return contacts.peek() != null || journeys.peek() != null;
  }

  @Override
  public SourceEntry next() {
    KeyedRow contact = contacts.peek();
    KeyedRow journey = journeys.peek();
    if (contact == null && journey == null) {
      throw new NoSuchElementException();
    }
    int order = contact == null ? 1 : journey == null ? -1 : contact.key().compareTo(journey.key());
    String key =
        order <= 0 && contact != null ? contact.key() : journey == null ? "" : journey.key();
    if (!PmiId.isCanonical(key)) {
      boolean fromContacts = order <= 0;
      SourceRow row = (fromContacts ? contacts : journeys).take().row();
      return new SourceEntry.Rejected(
          SourceEntry.RejectReason.MALFORMED_PMI_ID,
          null,
          key,
          fromContacts ? row : null,
          SourceHash.ofRows(List.of(row)),
          fromContacts ? 1 : 0,
          fromContacts ? 0 : 1);
    }
    Rows contactRows = order <= 0 ? contacts.takeAll(key, statusRule) : Rows.NONE;
    Rows journeyRows = order >= 0 ? journeys.takeAll(key, statusRule) : Rows.NONE;
    return entry(new PmiId(key), contactRows, journeyRows);
  }

  /** If our rules fail on the rows, the participant is rejected and the run goes on. */
  private SourceEntry entry(PmiId pmiId, Rows contactRows, Rows journeyRows) {
    SourceEntry.RejectReason reason =
        contactRows.fault == null ? journeyRows.fault : contactRows.fault;
    if (reason == null) {
      try {
        ParticipantStatus status = statusRule.statusOf(contactRows.first, journeyRows.first);
        return new SourceEntry.Found(
            new Participant(pmiId, contactRows.first, journeyRows.first, status),
            contactRows.count,
            journeyRows.count);
      } catch (OutOfMemoryError e) {
        throw e;
      } catch (RuntimeException | Error e) {
        reason = SourceEntry.RejectReason.UNREADABLE;
      }
    }
    return new SourceEntry.Rejected(
        reason,
        pmiId,
        pmiId.value(),
        contactRows.first,
        SourceHash.of(List.of(contactRows.hash(), journeyRows.hash())),
        contactRows.count,
        journeyRows.count);
  }

  @Override
  public void close() {
    try (contacts.cursor) {
      journeys.cursor.close();
    }
  }

  /**
   * The rows of one relation with the same key.
   *
   * @param fault why they are not one row; null if they are
   * @param others hashes of the rows from the first that differs; none if none does
   */
  private record Rows(
      @Nullable SourceRow first,
      int count,
      SourceEntry.@Nullable RejectReason fault,
      Set<String> others) {
    static final Rows NONE = new Rows(null, 0, null, Set.of());

    /** The same for any order in which a database gives the rows of one key. */
    String hash() {
      SortedSet<String> all = new TreeSet<>(others);
      if (first != null) {
        all.add(SourceHash.ofRows(List.of(first)));
      }
      return SourceHash.of(List.copyOf(all));
    }
  }

  private static final class Side {
    private final Cursor<KeyedRow> cursor;
    private final SourceRelation relation;
    private @Nullable KeyedRow head;

    Side(Cursor<KeyedRow> cursor, SourceRelation relation) {
      this.cursor = cursor;
      this.relation = relation;
    }

    @Nullable KeyedRow peek() {
      if (head == null && cursor.hasNext()) {
        head = cursor.next();
      }
      return head;
    }

    KeyedRow take() {
      KeyedRow taken = peek();
      if (taken == null) {
        throw new NoSuchElementException();
      }
      head = null;
      KeyedRow next = peek();
      if (next != null && next.key().compareTo(taken.key()) < 0) {
        throw new SyncException(
            FailureKind.UNAVAILABLE,
            "the source gave its "
                + (relation == SourceRelation.CONTACTS ? "contact" : "journey")
                + " rows out of order: it may be reloading just now. Nothing was changed; run again"
                + " when the load has ended.");
      }
      return taken;
    }

    Rows takeAll(String key, StatusRule rule) {
      SourceRow first = take().row();
      int count = 1;
      SourceEntry.RejectReason fault = null;
      Set<String> others = Set.of();
      for (KeyedRow next = peek(); next != null && next.key().equals(key); next = peek()) {
        SourceRow row = take().row();
        fault = fault == null ? faultOf(first, row, rule) : fault;
        if (fault != null) {
          others = others.isEmpty() ? new TreeSet<>() : others;
          others.add(SourceHash.ofRows(List.of(row)));
        }
        count++;
      }
      return new Rows(first, count, fault, others);
    }

    private static SourceEntry.@Nullable RejectReason faultOf(
        SourceRow first, SourceRow row, StatusRule rule) {
      try {
        return rule.saySame(first, row) ? null : SourceEntry.RejectReason.CONTRADICTING_ROWS;
      } catch (OutOfMemoryError e) {
        throw e;
      } catch (RuntimeException | Error e) {
        return SourceEntry.RejectReason.UNREADABLE;
      }
    }
  }
}
