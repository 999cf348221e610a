package edu.cumc.aou.sync.audit;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Entry;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.AuditTable.Kind;
import edu.cumc.aou.sync.port.AuditTable.Leaf;
import edu.cumc.aou.sync.port.AuditTable.Row;
import edu.cumc.aou.sync.port.AuditTable.Span;
import edu.cumc.aou.sync.port.AuditTable.Unentered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the audit trail and names what does not fit. It needs no secret. The owner of the
 * database could rewrite the whole chain: only a head that was written down elsewhere reveals that.
 */
public final class AuditCheck {

  private static final int PAGE = 500;
  private static final int LEAVES = 1_000;

  /** More faults than this help nobody. */
  private static final int MOST_FAULTS = 100;

  private final AuditTable table;
  private final long mostRecords;
  private final List<Fault> faults = new ArrayList<>();
  private final AcceptedFaults accepted = new AcceptedFaults();
  private final Runnable beforePage;
  private long records;
  private long blanked;
  private long passedOver;
  private long lost;
  private long rebound;
  private long firstRun = 1;
  private long oldestRun = Long.MAX_VALUE;
  private final Set<RunId> purged = new HashSet<>();
  private final Map<RunId, Long> gone = new HashMap<>();
  private final Map<RunId, Long> lastRows = new HashMap<>();
  private final Map<RunId, Map<Long, Row>> writes = new HashMap<>();
  private long firstRow = 1;
  private final StandingCheck standing;

  /**
   * @param mostRecords how many records to look at, at most; the others count as passed over
   * @param beforePage called before each page to show that the check is alive; stops the check by
   *     throwing
   */
  public AuditCheck(AuditTable table, long mostRecords, Runnable beforePage) {
    this.table = table;
    this.mostRecords = mostRecords;
    this.beforePage = beforePage;
    standing = new StandingCheck(table, this::note);
  }

  /** Kinds of fault. */
  public enum Flaw {
    /** A row differs from what was entered. */
    ALTERED,
    /** Rows before this one are gone. */
    MISSING,
    /** A row does not follow the one before it. */
    REORDERED,
    /** The last rows are gone. */
    TRUNCATED,
    /** The row is not the one that was written down elsewhere. */
    OTHER_CHAIN,
    /** A record differs from what was sent. */
    RECORD_ALTERED,
    /** The records of a row are not the ones it was entered for. */
    RECORDS_MISSING,
    /** Records were sent, and no row covers them. */
    NOT_ENTERED,
    /** A person altered, added or removed decisions or holds by hand. */
    STANDING_ALTERED;

    /** The word that people and programs read. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * One thing that does not fit.
   *
   * @param seq the row; for records without a row, the last row about their run, or the first row
   *     of all
   * @param run the run it is about, if any
   * @param record which record of the run, or how many when they have no row; 0 if it is about no
   *     record
   * @param head the head from outside that the trail does not go through; empty text if the trail
   *     shows the fault by itself
   */
  public record Fault(Flaw flaw, long seq, @Nullable RunId run, long record, String head) {

    /** A fault that the trail shows by itself. */
    public Fault(Flaw flaw, long seq, @Nullable RunId run, long record) {
      this(flaw, seq, run, record, "");
    }

    /** Says to people what is wrong, and where. */
    public String text() {
      String of = run == null ? "" : " of run " + run;
      return switch (flaw) {
        case ALTERED -> "row " + seq + " was altered";
        case MISSING -> "rows before row " + seq + " are missing";
        case REORDERED -> "row " + seq + " does not follow the row before it";
        case TRUNCATED -> "the rows after row " + seq + " are missing";
        case OTHER_CHAIN -> "row " + seq + " does not have the hash of the head from outside";
        case RECORD_ALTERED -> "row " + seq + ": record " + record + of + " was altered";
        case RECORDS_MISSING ->
            record > 0
                ? record + " records are blanked, and no purge or forget accounts for it"
                : "row " + seq + ": records" + of + " are missing or others are there";
        case NOT_ENTERED -> record + " records" + of + " were sent, and no row covers them";
        case STANDING_ALTERED ->
            record > 0
                ? "row "
                    + seq
                    + ": of the decisions and holds in force, "
                    + record
                    + (record == 1 ? " was" : " were")
                    + " altered or added by hand"
                : "row " + seq + ": decisions or holds were removed or added by hand";
      };
    }
  }

  /**
   * What the check found.
   *
   * @param head the end of the chain
   * @param rows rows that were looked at
   * @param records records and people with leaves that were looked at
   * @param blanked how many of those have blanked or forgotten values, or belong to a removed run
   * @param passedOver records that were not looked at, because there are too many
   * @param faults the first come first
   * @param accepted how many more faults a person has accepted
   */
  public record Result(
      Head head,
      long rows,
      long records,
      long blanked,
      long passedOver,
      List<Fault> faults,
      long accepted) {
    public Result {
      faults = List.copyOf(faults);
    }

    public Optional<Fault> first() {
      return faults.stream().findFirst();
    }
  }

  /** The row that accepts a fault. */
  public static Entry accepted(Fault fault, String why) {
    return AcceptedFaults.entry(fault, why);
  }

  /** Looks at the whole chain, and checks that it contains a head that was written down. */
  public Result all(@Nullable Head known) {
    return check(Head.NONE, known, true);
  }

  /**
   * Looks at what was added since the chain was last found in order, and stores how far it came.
   */
  public Result sinceLast() {
    Result result = check(table.verified(), null, false);
    if (result.faults().isEmpty()) {
      table.noteVerified(result.head());
    }
    return result;
  }

  private Result check(Head from, @Nullable Head known, boolean whole) {
    Head last = from.seq() == 0 ? Head.NONE : from;
    long rows = 0;
    boolean knownSeen = known == null;
    long after = from.seq();
    if (from.seq() > 0) {
      // Looks at the former last row again: the rest of the chain hangs on it.
      after = from.seq() - 1;
      last = new Head(after, "");
    }
    List<Row> page;
    do {
      beforePage.run();
      page = table.page(after, PAGE);
      for (Row row : page) {
        boolean again = from.seq() > 0 && row.seq() == from.seq();
        look(row, last, again ? from : null);
        if (known != null && row.seq() == known.seq()) {
          knownSeen = true;
          if (!row.hash().equals(known.hash())) {
            note(new Fault(Flaw.OTHER_CHAIN, row.seq(), row.run(), 0, known.text()));
          }
        }
        if (!again) {
          leavesOf(row);
          rows++;
        }
        last = row.head();
        after = row.seq();
      }
    } while (page.size() == PAGE);
    Head end = table.head();
    ends(from, last, end);
    if (!knownSeen && known != null) {
      note(
          known.seq() > last.seq()
              ? new Fault(Flaw.TRUNCATED, last.seq(), null, 0, known.text())
              : new Fault(Flaw.MISSING, known.seq() + 1, null, 0, known.text()));
    }
    passedOver += standing.end(end, last.seq(), mostRecords - records);
    firstRow = Math.min(from.seq() + 1, last.seq());
    records(whole);
    faults.sort(Comparator.comparingLong(Fault::seq));
    List<Fault> open = faults.stream().filter(f -> !accepted.has(f)).toList();
    return new Result(
        end.seq() >= last.seq() ? end : last,
        rows,
        records,
        blanked,
        passedOver,
        open,
        faults.size() - open.size());
  }

  private void ends(Head from, Head last, Head end) {
    if (last.seq() < Math.max(from.seq(), end.seq())) {
      note(new Fault(Flaw.TRUNCATED, last.seq(), null, 0));
    } else if (end.seq() < last.seq() || !end.hash().equals(last.hash())) {
      note(new Fault(Flaw.ALTERED, last.seq(), null, 0));
    }
  }

  private void note(Fault fault) {
    boolean isThere = faults.stream().anyMatch(fault::equals);
    if (!isThere && faults.size() < MOST_FAULTS) {
      faults.add(fault);
    }
  }

  /** The hash in {@code before} is empty where nobody looks at that row. */
  private void look(Row row, Head before, @Nullable Head wanted) {
    if (!AuditHash.of(row).equals(row.hash())
        || (wanted != null && !wanted.hash().equals(row.hash()))) {
      note(new Fault(Flaw.ALTERED, row.seq(), row.run(), 0));
    }
    if (row.seq() != before.seq() + 1) {
      note(new Fault(Flaw.MISSING, row.seq(), row.run(), 0));
    } else if (!before.hash().isEmpty() && !row.previous().equals(before.hash())) {
      note(new Fault(Flaw.REORDERED, row.seq(), row.run(), 0));
    }
    standing.row(row, !before.hash().isEmpty());
    // Blanked values no longer have leaves, and leaves that were lost before are already counted.
    lost += number(row, AuditTable.LEAVES) - number(row, AuditTable.LOST_BEFORE);
    if (row.is(Kind.START)) {
      firstRun = number(row, AuditTable.LAST_RUN) + 1;
    } else if (row.is(Kind.ACCEPTED)) {
      accepted.read(row, before.seq());
    } else if (row.is(Kind.PURGE) && row.run() != null) {
      purged.add(row.run());
    } else if (row.is(Kind.OVERRIDE) && row.what().containsKey(AuditTable.REBIND)) {
      rebound = row.seq();
    }
    if (row.run() != null && (row.is(Kind.RUN) || row.is(Kind.WRITES))) {
      oldestRun = Math.min(oldestRun, row.run().value());
      lastRows.put(row.run(), row.seq());
    }
    if (row.run() != null && row.is(Kind.WRITES)) {
      writes.computeIfAbsent(row.run(), r -> new HashMap<>()).put(row.batch(), row);
    }
  }

  private static long number(Row row, String name) {
    String text = row.what().getOrDefault(name, "0");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  private void leavesOf(Row row) {
    if (row.batch() == 0) {
      return;
    }
    if (records + row.records() > mostRecords) {
      passedOver += row.records();
      return;
    }
    if (row.is(Kind.WRITES) && row.run() != null && !table.isThere(row.run())) {
      records += row.records();
      blanked += row.records();
      gone.putIfAbsent(row.run(), row.seq());
      return;
    }
    AuditHash.Tree tree = new AuditHash.Tree();
    long after = -1;
    List<Leaf> page;
    do {
      beforePage.run();
      page = table.leaves(row, after, LEAVES);
      for (Leaf leaf : page) {
        tree.add(leaf.hash());
        after = leaf.position();
        if (leaf.nonce() == null) {
          blanked++;
        } else if (!AuditHash.leaf(leaf.nonce(), leaf.content()).equals(leaf.hash())) {
          note(new Fault(Flaw.RECORD_ALTERED, row.seq(), row.run(), leaf.position()));
        }
      }
    } while (page.size() == LEAVES);
    records += tree.leaves();
    if (tree.leaves() != row.records() || !tree.root().equals(row.root())) {
      note(new Fault(Flaw.RECORDS_MISSING, row.seq(), row.run(), 0));
    }
  }

  /** Finds what no row shows by itself. */
  private void records(boolean whole) {
    gone.forEach(
        (run, seq) -> {
          if (seq > rebound && !purged.contains(run)) {
            note(new Fault(Flaw.RECORDS_MISSING, seq, run, 0));
          }
        });
    long after = Math.max(firstRun, whole ? 1 : oldestRun) - 1;
    if (oldestRun == Long.MAX_VALUE || passedOver > 0) {
      // No run yet, or too many records for a check in passing.
      return;
    }
    for (Optional<Unentered> next = table.unentered(after);
        next.isPresent() && faults.size() < MOST_FAULTS;
        next = table.unentered(after)) {
      notEntered(next.get().run(), next.get().records());
      after = next.get().run().value();
    }
    if (whole) {
      table.spans().forEach(this::span);
      long more = table.lostNonces() - lost;
      if (more > 0) {
        // A record without a nonce can be altered unseen, and these have none.
        note(new Fault(Flaw.RECORDS_MISSING, firstRow, null, more));
      }
    }
  }

  /** Finds records that claim a row that does not exist, or lie where the row has none. */
  private void span(Span span) {
    @Nullable Row row = writes.getOrDefault(span.run(), Map.of()).get(span.batch());
    if (row == null) {
      notEntered(span.run(), span.records());
    } else if (span.first() < number(row, AuditTable.FIRST)
        || span.last() > number(row, AuditTable.LAST)) {
      note(new Fault(Flaw.RECORDS_MISSING, row.seq(), row.run(), 0));
    }
  }

  private void notEntered(RunId run, long records) {
    note(new Fault(Flaw.NOT_ENTERED, lastRows.getOrDefault(run, firstRow), run, records));
  }
}
