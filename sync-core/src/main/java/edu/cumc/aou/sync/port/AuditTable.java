package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail. Rows are only ever added, and each holds the hash of the one before. The other
 * tables of the store add a row in the same transaction as the action itself: {@link
 * ChangeTable#settle}, {@link RunTable#finish}, {@link HoldTable#release}, {@link
 * PersonalData#forget} and the like. A row names no person: it holds codes, names of fields,
 * counts, and the root of a tree with one leaf for each record or person. A leaf is a hash of the
 * record and a random nonce. When the record is forgotten or blanked, values and nonce go, and the
 * leaf stays. Thread-safe.
 */
public interface AuditTable {

  /** The first row's hash of the row before. */
  String NOTHING = "0".repeat(64);

  /** Key of a row's count of leaves that lost their nonce by this action. */
  String LEAVES = "leaves";

  /** Key of the first record of a WRITES row. */
  String FIRST = "first";

  /** See {@link #FIRST}. */
  String LAST = "last";

  /** Key of the record in an ACCEPTED row. */
  String RECORD = "record";

  /** Key of the reason in an ACCEPTED row. */
  String WHY = "why";

  /** Key in the PURGE row of a run: the number of its leaves that had lost their nonce before. */
  String LOST_BEFORE = "lost-before";

  /** Key in a START row: the last run that no row covers. */
  String LAST_RUN = "last-run";

  /** Key in an ACCEPTED row: the row with the fault. */
  String ROW = "row";

  /** Key in an ACCEPTED row: the kind of the fault. */
  String FAULT = "fault";

  /** Key in an ACCEPTED row: the head from outside that the trail does not go through. */
  String KNOWN_HEAD = "head";

  /**
   * Key in each row: the decisions and holds in force when it was entered, as their number and a
   * hash over their leaves ({@link edu.cumc.aou.sync.audit.SetHash#digest}).
   */
  String STANDING = "standing";

  /**
   * Key in a row that does not follow the row before it: the decisions and holds in force before
   * this row. A person has changed the end of the chain by hand.
   */
  String STOOD = "stood";

  /** Key in an OVERRIDE row: the store was bound to another org. */
  String REBIND = "rebind";

  /** One row names at most this many people; for more, it keeps only their number. */
  int MOST_SUBJECTS = 500;

  /** The end of the chain; number 0 while there is no row. */
  Head head();

  /** Adds a row for an action that no other table covers. */
  Head append(Entry entry);

  /** The person or function that new rows name. */
  String who();

  /** The rows of one kind about a run. */
  List<Row> about(RunId run, Kind kind);

  /** The row with the leaf of a run's record; empty if the record was not sent, or is gone. */
  Optional<Row> rowOf(RunId run, long seq);

  /** The next rows; fewer than {@code limit} means that there are no more. */
  List<Row> page(long afterSeq, int limit);

  /** The last row about a run. */
  Optional<Head> lastOf(RunId run);

  /**
   * The next leaves of a row, by position; fewer than {@code limit} means that there are no more.
   */
  List<Leaf> leaves(Row row, long afterPosition, int limit);

  /**
   * The first run after this number with records that were sent, or taken for sent, and have no
   * leaf; and the number of such records.
   */
  Optional<Unentered> unentered(long afterRun);

  /** Where the records with leaves of each row lie, over all stored runs. */
  List<Span> spans();

  /**
   * How many leaves have lost their nonce, apart from those of purged runs. The rows that took the
   * nonces give their number under {@link #LEAVES}.
   */
  long lostNonces();

  /** The decisions and holds in force. The caller closes the cursor. */
  Cursor<Standing> standing();

  /** Whether the records of a run are still stored. */
  boolean isThere(RunId run);

  /** The row up to which the chain was found in order; number 0 if it was never checked. */
  Head verified();

  /** Stores the row up to which the chain was found in order. */
  void noteVerified(Head head);

  /**
   * Removes the people from older rows; their leaves stay.
   *
   * @return how many people were removed
   */
  long purgeSubjects(Instant before);

  /** The people that a row names and that are not forgotten, in the order of the row. */
  List<String> subjects(Row row, int limit);

  /** Kinds of rows. */
  enum Kind {
    /** The chain begins; no row covers earlier runs. */
    START,
    /** A call or a job sent records, or they were found to have been sent. */
    WRITES,
    /** A run ended. */
    RUN,
    /** A run begins to undo another one. */
    UNDO,
    /** A run was given up. */
    ABANDON,
    /** A person approved a plan. */
    APPROVAL,
    /** A person lifted a guard, or bound the store to another org. */
    OVERRIDE,
    /** Holds were lifted. */
    RELEASE,
    /** A person decided: acknowledged, adopted, answered. */
    DECISION,
    /** Decisions were taken back. */
    RETRACTION,
    /** A run held people, or holds them for another reason than before. */
    HELD,
    /** Decisions ended together with the flaw, hold or anomaly they were about. */
    ENDED,
    /** The trail took in decisions and holds that are older than itself. */
    TAKEN_IN,
    /** People were forgotten. */
    FORGET,
    /** Values were blanked or a run was removed, because their time was over. */
    PURGE,
    /** A person looked at personal data. */
    LOOK,
    /** A person knows of a fault in the chain and says why it is harmless. */
    ACCEPTED;

    /** Whether such a row may leave other decisions and holds than the row before it. */
    public boolean changesStanding() {
      return switch (this) {
        case RELEASE, DECISION, RETRACTION, HELD, ENDED, TAKEN_IN, FORGET, OVERRIDE, ACCEPTED ->
            true;
        case START, WRITES, RUN, UNDO, ABANDON, APPROVAL, PURGE, LOOK -> false;
      };
    }

    /** The word that people and programs read. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The content of a new row.
   *
   * @param what codes, names of fields and counts, by key; no personal data
   * @param people how many people it is about
   * @param subjects PMI IDs of these people, if they are few enough to be named
   */
  record Entry(
      Kind kind,
      @Nullable RunId run,
      SortedMap<String, String> what,
      long people,
      List<String> subjects) {
    public Entry {
      what = new TreeMap<>(what);
      // Forgetting a person finds rows by this id; a malformed one would stay.
      boolean isNamed =
          subjects.size() <= MOST_SUBJECTS
              && subjects.stream().allMatch(s -> s.matches("P[0-9]{9}( .*)?"));
      subjects = isNamed ? List.copyOf(subjects) : List.of();
    }

    /** A row about no person. */
    public static Entry of(Kind kind, @Nullable RunId run, Map<String, String> what) {
      return new Entry(kind, run, new TreeMap<>(what), 0, List.of());
    }

    /** The same row about people. */
    public Entry about(List<String> people) {
      return new Entry(kind, run, what, people.size(), people);
    }
  }

  /** A place in the chain. */
  record Head(long seq, String hash) {

    /** Before the first row. */
    public static final Head NONE = new Head(0, NOTHING);

    /** The form for writing it down outside the database: {@code 17:9f2c…}. */
    public String text() {
      return seq + ":" + hash;
    }

    /** Reads what {@link #text} writes; empty for anything else. */
    public static Optional<Head> parse(String text) {
      return text.strip().matches("[0-9]{1,18}:[0-9a-f]{64}")
          ? Optional.of(
              new Head(
                  Long.parseLong(text.strip().substring(0, text.strip().indexOf(':'))),
                  text.strip().substring(text.strip().indexOf(':') + 1)))
          : Optional.empty();
    }
  }

  /**
   * A stored row.
   *
   * @param kind a {@link Kind}, unless the row was tampered with
   * @param who the person or function, as the operating system or the cloud knows them
   * @param batch the number that its leaves have; 0 if it has none
   * @param records how many leaves it had when it was entered, or how many people it is about
   * @param root of the tree over its leaves; empty text if it has none
   * @param previous hash of the row before
   * @param hash over all other columns
   */
  record Row(
      long seq,
      Instant at,
      String kind,
      String who,
      @Nullable RunId run,
      long batch,
      long records,
      SortedMap<String, String> what,
      String root,
      String previous,
      String hash) {
    public Row {
      what = new TreeMap<>(what);
    }

    public Head head() {
      return new Head(seq, hash);
    }

    public boolean is(Kind wanted) {
      return kind.equals(wanted.name());
    }
  }

  /**
   * A stored leaf.
   *
   * @param position its place among the leaves of its row
   * @param nonce null once the record is blanked or forgotten
   * @param content the record that it covers, as the tables hold it now
   */
  record Leaf(long position, String hash, @Nullable String nonce, List<@Nullable String> content) {
    public Leaf {
      content = new ArrayList<>(content);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Leaf leaf
          && leaf.position == position
          && leaf.hash.equals(hash)
          && Objects.equals(leaf.nonce, nonce)
          && leaf.content.equals(content);
    }

    @Override
    public int hashCode() {
      return Objects.hash(position, hash);
    }

    @Override
    public String toString() {
      return "Leaf[" + position + "]";
    }
  }

  /**
   * A decision or hold in force.
   *
   * @param leaf null if it was never entered
   * @param nonce null if it was never entered
   * @param content what the leaf commits to, as the tables have it now
   */
  record Standing(@Nullable String leaf, @Nullable String nonce, List<@Nullable String> content) {
    public Standing {
      content = new ArrayList<>(content);
    }

    @Override
    public String toString() {
      return "Standing[" + content.get(0) + "]";
    }
  }

  /** The records of a run with leaves of one number, from the first to the last. */
  record Span(RunId run, long batch, long first, long last, long records) {}

  /** Records of a run that were sent and that no row covers. */
  record Unentered(RunId run, long records) {}
}
