package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Fingerprint;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SentValues;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Salesforce showed when we last looked: Contacts with a PMI ID, and journeys. Where somebody
 * decided which of several Contacts or journeys is to be {@link DecisionTable.Verdict#KEEP kept},
 * and it is still there, entries hold that one, and the others are in {@link #findWithOthers} only.
 */
public interface MirrorTable {

  /** Up to when the mirror is true; empty before the first refresh. */
  Optional<MirrorState> state();

  /**
   * How many records it holds that are not gone from Salesforce: just those that {@link Crm#count}
   * counts, so also Contacts whose PMI field holds something else than a PMI ID.
   */
  MirrorCounts counts();

  /**
   * Begins to bring the mirror up to date; nothing is visible before {@link Refresh#commit}. A full
   * refresh that was interrupted is forgotten.
   */
  Refresh begin(RefreshKind kind);

  /** How far a full refresh came that was interrupted after it {@link Refresh#keep kept} this. */
  Optional<Place> place();

  /**
   * Goes on with the full refresh that {@link #place} tells of: what was added by then counts as
   * added. Records may be added once more.
   *
   * @throws IllegalStateException if there is none
   */
  Refresh goOn();

  /**
   * All entries ordered by PMI ID in binary order, each PMI ID once, in constant memory. Other
   * methods of the store may be used meanwhile. The caller closes the cursor.
   */
  Cursor<MirrorEntry> read();

  /**
   * The keys of all entries in the order of {@link #read}, without what stands in them. Other
   * methods of the store may be used meanwhile. The caller closes the cursor.
   */
  Cursor<MirrorKey> keys();

  /**
   * Remembers that nothing is to be done for these participants as long as the source says the
   * same, each by a fingerprint. Whatever changes what is mirrored of one of them, and whatever is
   * put or lifted as a {@link HoldTable hold} of theirs, takes it back; a full refresh takes back
   * all.
   */
  void keepUnchanged(Map<PmiId, Fingerprint> fingerprints);

  /** The entries of these participants, ordered by PMI ID; those who have none are left out. */
  List<MirrorEntry> find(Collection<PmiId> pmiIds);

  /** The entry of one participant. */
  Optional<MirrorEntry> find(PmiId pmiId);

  /** As {@link #find(PmiId)}, with the records beside which another one is to be kept. */
  Optional<MirrorEntry> findWithOthers(PmiId pmiId);

  /** The journeys that lost their Contact after they were mirrored, and are still there. */
  List<JourneyId> orphans();

  /**
   * The ids of those records that are not mirrored as of just this stamp, or not mirrored at all.
   */
  List<String> notAsStamped(CrmObject object, List<RecordStamp> stamps);

  /**
   * Enters what was just written to Contacts: the values over those mirrored, and the marks. A
   * Contact that is not mirrored yet is added.
   */
  void recordContacts(List<WrittenContact> written);

  /** Enters what was just written to journeys. A journey that is not mirrored is passed over. */
  void recordJourneys(List<WrittenJourney> written);

  /** Whether a refresh reads everything or only what changed. */
  enum RefreshKind {
    /**
     * Every record that the sync looks after was read: what was not seen is gone from Salesforce.
     */
    FULL,
    /** Only changed records were read, deleted ones included. */
    INCREMENTAL
  }

  /**
   * Up to when the mirror is true.
   *
   * @param watermark all changes before it are in the mirror, those of long transactions included:
   *     Salesforce's own time before a refresh, minus the overlap
   * @param fullAt Salesforce's own time before the last full refresh
   * @param mappingFingerprint of the mapping whose fields were read
   * @param readUpTo what had been committed by then is in the mirror too; not before the watermark
   * @param readAgain how many of these records, at most, have changed since the watermark: so many
   *     a refresh reads once more that reads from the watermark on
   */
  record MirrorState(
      Instant watermark,
      Instant fullAt,
      String mappingFingerprint,
      Instant readUpTo,
      long readAgain) {

    /** Of a mirror of which no more is known than its watermark. */
    public MirrorState(Instant watermark, Instant fullAt, String mappingFingerprint) {
      this(watermark, fullAt, mappingFingerprint, watermark, 0);
    }
  }

  /**
   * How far a full refresh has come: it reads Contacts, then journeys, each in the order of their
   * ids.
   *
   * @param state what the mirror will be true to when it is committed
   * @param object what it was reading
   * @param lastId the last id that it read; null before the first one
   */
  record Place(MirrorState state, CrmObject object, @Nullable String lastId) {}

  /** How many records the mirror holds. */
  record MirrorCounts(long contacts, long journeys) {}

  /**
   * A refresh under way. Closing it without a commit leaves the mirror as it was. Not thread-safe.
   *
   * <p>A selected record that is not deleted replaces what was mirrored and keeps its marks. A
   * record that is deleted, or no longer selected, is marked as gone if it was mirrored, and passed
   * over if not; a gone Contact keeps the PMI ID it had.
   */
  interface Refresh extends AutoCloseable {
    void add(Contact contact);

    void add(Journey journey);

    /**
     * Keeps what a full refresh has come to, so that a later run can go on with it.
     *
     * @throws IllegalStateException if the refresh is not full
     */
    void keep(Place place);

    /**
     * Takes a Contact that a full refresh does not show any more, and whose journeys now all belong
     * to one other Contact, for merged into that one: Salesforce has forgotten what became of it.
     *
     * @throws IllegalStateException if the refresh is not full
     */
    void followJourneys();

    /** Makes all of it visible at once. */
    void commit(MirrorState state);

    @Override
    void close();
  }

  /**
   * All that is mirrored of one participant: at least one Contact, gone ones included. Ordered by
   * id.
   */
  record MirrorEntry(PmiId pmiId, List<MirroredContact> contacts) {
    public MirrorEntry {
      contacts = List.copyOf(contacts);
    }

    /** The Contacts that are still there; the sync may write to one, if it is the only one. */
    public List<MirroredContact> live() {
      return contacts.stream().filter(c -> !c.gone()).toList();
    }
  }

  /**
   * The key of an entry.
   *
   * @param live how many of its Contacts are not gone
   * @param unchanged what {@link #keepUnchanged} remembered, unless that was taken back
   */
  record MirrorKey(PmiId pmiId, int live, @Nullable Fingerprint unchanged) {}

  /**
   * A mirrored Contact with its journeys that are not gone.
   *
   * @param gone whether it was deleted in Salesforce, or is no longer one that the sync looks after
   * @param mergedInto the Contact that survived a merge, if that Contact is free to be adopted:
   *     null when nothing was merged, and when the survivor is mirrored itself with a PMI ID of its
   *     own
   */
  record MirroredContact(
      ContactId id,
      FieldValues fields,
      SentValues sent,
      boolean gone,
      @Nullable ContactId mergedInto,
      List<MirroredJourney> journeys) {
    public MirroredContact {
      journeys = List.copyOf(journeys);
    }
  }

  /** A mirrored journey. */
  record MirroredJourney(JourneyId id, FieldValues fields, SentValues sent) {}

  /**
   * Values that Salesforce has taken for a Contact, and the marks to put over those that are there.
   */
  record WrittenContact(ContactId id, PmiId pmiId, FieldValues values, SentValues sent) {}

  /** Values that Salesforce has taken for a journey, and the marks. */
  record WrittenJourney(JourneyId id, FieldValues values, SentValues sent) {}
}
