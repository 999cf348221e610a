package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Fingerprint;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SentValues;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Salesforce showed when we last looked: Contacts with a PMI ID, and journeys. If a person
 * decided which of several records to {@link DecisionTable.Verdict#KEEP keep}, and that record is
 * still there, entries hold only that one. {@link #findWithOthers} gives the others too.
 *
 * <p>Methods that read records throw {@link UnreadableMirrorException} when something else has
 * written to the mirror.
 */
public interface MirrorTable {

  /** The moment up to which the mirror is true; empty before the first refresh. */
  Optional<MirrorState> state();

  /**
   * How many records the mirror holds that are not gone from Salesforce. It counts what {@link
   * Crm#count} counts, and so includes Contacts with other text in their PMI field.
   */
  MirrorCounts counts();

  /**
   * How many records that are not gone have a value in a field. Reads all of them once, whichever
   * fields are asked for; an unticked checkbox is a value.
   *
   * @return for each of the fields, zero too; empty if none is asked for
   * @since 0.2.0
   */
  Map<FieldName, Long> withValue(CrmObject object, Collection<FieldName> fields);

  /**
   * Begins a refresh; nothing is visible before {@link Refresh#commit}. Drops an interrupted full
   * refresh.
   */
  Refresh begin(RefreshKind kind);

  /**
   * How far an interrupted full refresh had come when it last {@link Refresh#keep kept} its place.
   */
  Optional<Place> place();

  /**
   * Resumes the full refresh of {@link #place} with everything added so far. Records may be added
   * twice.
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
   * The keys of all entries in the order of {@link #read}, without their content. Other methods of
   * the store may be used meanwhile. The caller closes the cursor.
   */
  Cursor<MirrorKey> keys();

  /**
   * Stores a fingerprint for each of these participants: while the source still gives it, there is
   * nothing to do. Any change to their mirror entry or their {@link HoldTable hold} drops the
   * fingerprint; a full refresh drops all.
   */
  void keepUnchanged(Map<PmiId, Fingerprint> fingerprints);

  /**
   * The entries of these participants, ordered by PMI ID; participants without one are left out.
   */
  List<MirrorEntry> find(Collection<PmiId> pmiIds);

  /**
   * As {@link #find(Collection)}, but may leave out the marks of what was sent, which are more than
   * half of what is known of a record.
   *
   * @since 0.2.0
   */
  default List<MirrorEntry> findShown(Collection<PmiId> pmiIds) {
    return find(pmiIds);
  }

  /** The entry of one participant. */
  Optional<MirrorEntry> find(PmiId pmiId);

  /**
   * As {@link #find(PmiId)}, with all records, including those beside one that a person decided to
   * keep.
   */
  Optional<MirrorEntry> findWithOthers(PmiId pmiId);

  /**
   * Removes what cannot be read because another program wrote it: a record without a Salesforce id
   * as a whole, and only the unreadable cells of any other record. Only a full refresh brings the
   * removed content back, so {@link MirrorState#fullAt} is set to a moment long ago.
   */
  Dropped dropUnreadable();

  /**
   * The journeys of a Contact that are not gone, in the order of their ids, also of a Contact
   * without a PMI ID; none if it has none.
   *
   * @since 0.2.0
   */
  List<MirroredJourney> journeysOf(ContactId contact);

  /** Journeys that lost their Contact after they were mirrored, and are still there. */
  List<JourneyId> orphans();

  /** The ids of the records that are not in the mirror with exactly this stamp. */
  List<String> notAsStamped(CrmObject object, List<RecordStamp> stamps);

  /**
   * Enters what was just written to Contacts: puts the values over the mirrored ones, and the
   * marks. Adds a Contact that is not mirrored yet.
   */
  void recordContacts(List<WrittenContact> written);

  /** Enters what was just written to journeys. Ignores a journey that is not mirrored. */
  void recordJourneys(List<WrittenJourney> written);

  /**
   * The records of participants that are not gone and were {@link Refresh#noteAltered noted} for a
   * run, in the order of their ids.
   *
   * @param afterId only records with a greater id; empty text for all
   * @param limit how many at most
   * @since 0.2.0
   */
  List<AlteredRecord> altered(RunId run, CrmObject object, String afterId, int limit);

  /**
   * Forgets what was noted for any run.
   *
   * @since 0.2.0
   */
  void forgetAltered();

  /** Whether a refresh reads everything or only changes. */
  enum RefreshKind {
    /**
     * The refresh read every record that the sync looks after; what it did not see is gone from
     * Salesforce.
     */
    FULL,
    /** The refresh read only changed records, including deleted ones. */
    INCREMENTAL
  }

  /**
   * The moment up to which the mirror is true.
   *
   * @param watermark all changes before it are in the mirror, even those of long transactions:
   *     Salesforce's own time before a refresh, minus the overlap
   * @param fullAt Salesforce's own time before the last full refresh
   * @param mappingFingerprint of the mapping that chose the fields
   * @param readUpTo everything committed by then is in the mirror too; not before the watermark
   * @param readAgain how many of these records, at most, changed since the watermark; a refresh
   *     from the watermark reads them again
   */
  record MirrorState(
      Instant watermark,
      Instant fullAt,
      String mappingFingerprint,
      Instant readUpTo,
      long readAgain) {

    /** A mirror with nothing known but its watermark. */
    public MirrorState(Instant watermark, Instant fullAt, String mappingFingerprint) {
      this(watermark, fullAt, mappingFingerprint, watermark, 0);
    }
  }

  /**
   * How far a full refresh has come: it reads Contacts, then journeys, each in the order of their
   * ids.
   *
   * @param state what the mirror will be true to after the commit
   * @param object what it was reading
   * @param lastId the last id that it read; null before the first one
   */
  record Place(MirrorState state, CrmObject object, @Nullable String lastId) {}

  /**
   * What was taken out of the mirror.
   *
   * @param records how many records were unreadable
   * @param gone the participants of those that left the mirror as a whole and were gone from
   *     Salesforce: no refresh brings these back
   */
  record Dropped(int records, List<PmiId> gone) {
    public Dropped {
      gone = List.copyOf(gone);
    }
  }

  /** How many records the mirror holds. */
  record MirrorCounts(long contacts, long journeys) {}

  /**
   * A refresh in progress. Closing it without a commit leaves the mirror as it was. Not
   * thread-safe.
   *
   * <p>A selected record that is not deleted replaces the mirrored one and keeps its marks. A
   * record that is deleted, or no longer selected, is marked as gone if it was mirrored, and
   * ignored if not; a gone Contact keeps its former PMI ID. A journey that lost its Contact keeps
   * the Contact that it had, and shows its new values.
   */
  interface Refresh extends AutoCloseable {
    void add(Contact contact);

    void add(Journey journey);

    /**
     * Stores how far a full refresh has come, so that a later run can go on with it.
     *
     * @throws IllegalStateException if the refresh is not full
     */
    void keep(Place place);

    /**
     * Finds merges that Salesforce has forgotten. If a full refresh no longer shows a Contact, and
     * all its journeys now belong to one other Contact, the first counts as merged into the second.
     *
     * @throws IllegalStateException if the refresh is not full
     */
    void followJourneys();

    /**
     * Lets the commit note for a run which mirrored records Salesforce shows with other values, and
     * what the mirror had of them. A record that is noted already keeps its first note; notes for
     * other runs are dropped. Leaves out records that are gone, and Contacts that the mirror only
     * knows from what was written to them.
     *
     * @since 0.2.0
     */
    void noteAltered(RunId run);

    /** Makes everything visible at once. */
    void commit(MirrorState state);

    @Override
    void close();
  }

  /**
   * Everything mirrored about one participant: at least one Contact, including gone ones. Ordered
   * by id.
   */
  record MirrorEntry(PmiId pmiId, List<MirroredContact> contacts) {
    public MirrorEntry {
      contacts = List.copyOf(contacts);
    }

    /** The Contacts that are still there; the sync may write to one only if it is the only one. */
    public List<MirroredContact> live() {
      return contacts.stream().filter(c -> !c.gone()).toList();
    }
  }

  /**
   * The key of an entry.
   *
   * @param live how many of its Contacts are not gone
   * @param unchanged the fingerprint from {@link #keepUnchanged}, unless it was dropped
   */
  record MirrorKey(PmiId pmiId, int live, @Nullable Fingerprint unchanged) {}

  /**
   * A mirrored Contact with its journeys that are not gone.
   *
   * @param fields those that have a value
   * @param gone whether it was deleted in Salesforce, or the sync no longer looks after it
   * @param mergedInto the Contact that survived a merge, if that is free to be adopted; null if
   *     nothing was merged, or if the mirror has the survivor with its own PMI ID
   * @param lost the journeys that belonged to it, belong to no Contact now, and are not gone
   * @param joined if it was merged into another participant's Contact, the journeys of that one,
   *     its own former ones included; otherwise empty
   */
  record MirroredContact(
      ContactId id,
      FieldValues fields,
      SentValues sent,
      boolean gone,
      @Nullable ContactId mergedInto,
      List<MirroredJourney> journeys,
      List<MirroredJourney> lost,
      List<MirroredJourney> joined) {
    public MirroredContact {
      fields = fields.withoutBlanks();
      journeys = List.copyOf(journeys);
      lost = List.copyOf(lost);
      joined = List.copyOf(joined);
    }

    /** A Contact that lost no journey. */
    public MirroredContact(
        ContactId id,
        FieldValues fields,
        SentValues sent,
        boolean gone,
        @Nullable ContactId mergedInto,
        List<MirroredJourney> journeys) {
      this(id, fields, sent, gone, mergedInto, journeys, List.of(), List.of());
    }
  }

  /**
   * A mirrored journey.
   *
   * @param fields those that have a value
   */
  record MirroredJourney(JourneyId id, FieldValues fields, SentValues sent) {
    public MirroredJourney {
      fields = fields.withoutBlanks();
    }
  }

  /**
   * A record that Salesforce shows with other values than the mirror had.
   *
   * @param id of the Contact or journey
   * @param before what the mirror had
   * @since 0.2.0
   */
  record AlteredRecord(PmiId pmiId, String id, FieldValues before) {

    @Override
    public String toString() {
      return "AlteredRecord[hidden]";
    }
  }

  /** Values that Salesforce accepted for a Contact, and the marks to put over its present ones. */
  record WrittenContact(ContactId id, PmiId pmiId, FieldValues values, SentValues sent) {}

  /** Values that Salesforce accepted for a journey, and the marks. */
  record WrittenJourney(JourneyId id, FieldValues values, SentValues sent) {}
}
