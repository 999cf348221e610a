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
 * The audit trail: rows that are only ever added, each with the hash of the one before. The other
 * tables of the store add a row within the transaction that does what the row is about: {@link
 * ChangeTable#settle}, {@link RunTable#finish}, {@link HoldTable#release}, {@link
 * PersonalData#forget} and the like. A row names nobody: it has codes, names of fields and counts,
 * and the root of a tree over one leaf for each record or person. A leaf is a hash of the record
 * with a random nonce; when the record is forgotten or blanked, values and nonce go, and the leaf
 * stays. Thread-safe.
 */
public interface AuditTable {

  /** What stands where the hash of a row before would, in front of the first. */
  String NOTHING = "0".repeat(64);

  /** Under which a row says how many leaves lost their nonce by what it is about. */
  String LEAVES = "leaves";

  /** Under which a WRITES row says the first of its records. */
  String FIRST = "first";

  /** See {@link #FIRST}. */
  String LAST = "last";

  /** Under which an ACCEPTED says which record, and whose reason it is. */
  String RECORD = "record";

  /** See {@link #RECORD}. */
  String WHY = "why";

  /** Under which the PURGE of a run says how many of its leaves had no nonce before. */
  String LOST_BEFORE = "lost-before";

  /** Under which a START says the last run that is in none of the rows. */
  String LAST_RUN = "last-run";

  /** Under which an ACCEPTED says which row, and what of it. */
  String ROW = "row";

  /** See {@link #ROW}. */
  String FAULT = "fault";

  /** Under which an OVERRIDE says that the store was bound to another org. */
  String REBIND = "rebind";

  /** So many people are named at most by one row; of more only the number is kept. */
  int MOST_SUBJECTS = 500;

  /** The end of the chain; number 0 while there is no row. */
  Head head();

  /** Adds a row about what no other table does. */
  Head append(Entry entry);

  /** Whom rows name that are added here: a person, or a function. */
  String who();

  /** The rows of a kind about a run. */
  List<Row> about(RunId run, Kind kind);

  /** The row that has the leaf of a record of a run; empty if it was not sent, or is gone. */
  Optional<Row> rowOf(RunId run, long seq);

  /** The next rows; fewer than {@code limit} means there are no more. */
  List<Row> page(long afterSeq, int limit);

  /** The last row about a run. */
  Optional<Head> lastOf(RunId run);

  /** The next leaves of a row, by position; fewer than {@code limit} means there are no more. */
  List<Leaf> leaves(Row row, long afterPosition, int limit);

  /**
   * The first run after this number that has records which were sent, or taken for sent, and have
   * no leaf, with the number of such records.
   */
  Optional<Unentered> unentered(long afterRun);

  /** Where the records of each row lie that have a leaf, in all runs that are there. */
  List<Span> spans();

  /**
   * How many leaves have no nonce any more, those of runs that are purged left out. The rows that
   * took them say how many under {@link #LEAVES}.
   */
  long lostNonces();

  /** Whether the records of a run are still there. */
  boolean isThere(RunId run);

  /** Up to which row the chain was found in order; number 0 if it was never looked at. */
  Head verified();

  /** Keeps up to which row the chain was found in order. */
  void noteVerified(Head head);

  /**
   * Takes the people out of the rows that are older; their leaves stay.
   *
   * @return how many there were
   */
  long purgeSubjects(Instant before);

  /** The people a row names, who are not forgotten, in the order in which they were named. */
  List<String> subjects(Row row, int limit);

  /** What a row is about. */
  enum Kind {
    /** The chain begins; earlier runs are in none of its rows. */
    START,
    /** Records were sent by a call or a job, or found to have been. */
    WRITES,
    /** A run ended. */
    RUN,
    /** A run begins to take another one back. */
    UNDO,
    /** A run was given up. */
    ABANDON,
    /** Somebody approved a plan. */
    APPROVAL,
    /** Somebody lifted a guard, or bound the store to another org. */
    OVERRIDE,
    /** Holds were lifted. */
    RELEASE,
    /** Somebody decided: acknowledged, adopted, answered. */
    DECISION,
    /** Decisions were taken back. */
    RETRACTION,
    /** People were forgotten. */
    FORGET,
    /** Values were blanked, or a run removed, because they were kept long enough. */
    PURGE,
    /** Somebody looked at personal data. */
    LOOK,
    /** Somebody knows of a fault of the chain and says why it is none. */
    ACCEPTED;

    /** As people and programs read it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a new row says.
   *
   * @param what codes, names of fields, counts, by their names; no personal data
   * @param people how many people it is about
   * @param subjects PMI IDs of the people it is about, if they are few enough to be named
   */
  record Entry(
      Kind kind,
      @Nullable RunId run,
      SortedMap<String, String> what,
      long people,
      List<String> subjects) {
    public Entry {
      what = new TreeMap<>(what);
      // forgetting a person finds rows by this id; another one would stay
      boolean isNamed =
          subjects.size() <= MOST_SUBJECTS
              && subjects.stream().allMatch(s -> s.matches("P[0-9]{9}( .*)?"));
      subjects = isNamed ? List.copyOf(subjects) : List.of();
    }

    /** About nobody. */
    public static Entry of(Kind kind, @Nullable RunId run, Map<String, String> what) {
      return new Entry(kind, run, new TreeMap<>(what), 0, List.of());
    }

    /** The same about people. */
    public Entry about(List<String> people) {
      return new Entry(kind, run, what, people.size(), people);
    }
  }

  /** A place in the chain. */
  record Head(long seq, String hash) {

    /** Before the first row. */
    public static final Head NONE = new Head(0, NOTHING);

    /** As it is written down outside the database: {@code 17:9f2c…}. */
    public String text() {
      return seq + ":" + hash;
    }

    /** Reads what {@link #text} writes; empty if it is something else. */
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
   * A row as it is stored.
   *
   * @param kind a {@link Kind}, unless somebody has changed it
   * @param who the person or function, as the operating system or the cloud knows them
   * @param batch under which its leaves are found; 0 if it has none
   * @param records how many leaves it had when it was entered, or people it is about
   * @param root of the tree over its leaves; empty text if it has none
   * @param previous hash of the row before
   * @param hash of all the others
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
   * A leaf as it is stored.
   *
   * @param position its place among the leaves of its row
   * @param nonce null once the record is blanked or forgotten
   * @param content what it commits to, as it stands in the tables now
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

  /** The records of a run whose leaves are found under one number, from the first to the last. */
  record Span(RunId run, long batch, long first, long last, long records) {}

  /** Records of a run that were sent and stand in no row. */
  record Unentered(RunId run, long records) {}
}
