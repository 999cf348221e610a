package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.SoqlCondition;
import edu.cumc.aou.salesforce.load.LoadOutcome.Refused;
import edu.cumc.aou.salesforce.load.LoadOutcome.Saved;
import edu.cumc.aou.salesforce.load.LoadOutcome.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which records of a create, or of an upsert that may create, exist although no answer
 * said so. Salesforce's own failure has ended its transaction, so one query tells. After silence
 * the call may still be in progress, so it asks at growing intervals until the call must have
 * ended. For one load.
 */
final class LostAnswers {

  private static final Duration FIRST_INTERVAL = Duration.ofSeconds(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(30);

  /** Salesforce stamps whole seconds, and its hosts' clocks differ a little. */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  private static final String CREATED_BY = "CreatedById";
  private static final String CHANGED_AT = "SystemModstamp";

  /** Characters that an automation may remove from a key, or add to it. */
  private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{N}]");

  /** Bytes of an address for the keys of one query. */
  private static final int QUESTION = Soql.MAX_ENCODED_LENGTH - 1_000;

  /** Characters of a key that fit into a query, however many bytes each takes. */
  private static final int LONGEST_KEY = 1_500;

  private final LoadOrder order;
  private final LoadCalls calls;
  private final Book book;
  private final Set<String> madeByOthers = new HashSet<>();
  private final Set<String> told = new HashSet<>();
  private final Set<String> inDoubt = new HashSet<>();
  private final Set<String> settled = new HashSet<>();
  private @Nullable Instant since;
  private @Nullable Instant began;

  LostAnswers(LoadOrder order, LoadCalls calls, Book book) {
    this.order = order;
    this.calls = calls;
    this.book = book;
  }

  /** The records in doubt were created from this moment on, by Salesforce's clock. */
  void since(Instant moment) {
    since = moment;
  }

  /** Fixes the moment before the first create. */
  void beforeCreates() {
    if (began == null) {
      began = calls.now();
    }
    if (since == null && !order.isRepeatable()) {
      since = calls.serverTime().minus(MARGIN);
    }
  }

  /** Whether it had to find out about this row before. */
  boolean wasInDoubt(String key) {
    return inDoubt.contains(key);
  }

  /** Whether a call failed with an unknown effect, and its rows may be the cause. */
  static boolean isInside(SalesforceException e) {
    return e.answerLost() && (e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.PROTOCOL);
  }

  /**
   * Reports existing rows as saved. Refuses rows if somebody else has created such a record
   * meanwhile, because another one would be a duplicate. A row whose key no query can hold stays
   * unknown.
   *
   * @param silentSince when the last call for them went out; null if none is in progress
   * @return the rows that certainly do not exist
   * @throws SalesforceException if nothing answers; some rows may have a result, see {@link
   *     #unsettled}
   */
  List<LoadRow> missing(List<LoadRow> rows, @Nullable Instant silentSince) {
    inDoubt.addAll(LoadJournal.keys(rows));
    List<LoadRow> open = ask(askable(rows));
    Duration interval = FIRST_INTERVAL;
    while (!open.isEmpty() && silentSince != null) {
      Duration left = calls.answerTimeout().minus(Duration.between(silentSince, calls.now()));
      if (left.isNegative() || left.isZero()) {
        break;
      }
      calls.pause(interval.compareTo(left) < 0 ? interval : left);
      open = ask(open);
      Duration longer = interval.multipliedBy(2);
      interval = longer.compareTo(LONGEST_INTERVAL) < 0 ? longer : LONGEST_INTERVAL;
    }
    return withoutChanged(withoutOthers(open));
  }

  /** Those of some rows that no question has settled. */
  List<LoadRow> unsettled(List<LoadRow> rows) {
    return rows.stream().filter(row -> !settled.contains(row.key())).toList();
  }

  /**
   * Finds rows of an upsert without any answer whose records have not been written during the load.
   * Whether a record that has been is as requested remains unknown: another row, or another
   * program, may have changed it.
   *
   * @param silentSince when the last call for them went out
   */
  List<LoadRow> untouched(List<LoadRow> rows, Instant silentSince) {
    Duration left = calls.answerTimeout().minus(Duration.between(silentSince, calls.now()));
    if (!left.isNegative() && !left.isZero()) {
      calls.pause(left);
    }
    Instant first = began == null ? silentSince : began;
    Instant from = calls.serverTime().minus(Duration.between(first, calls.now())).minus(MARGIN);
    List<LoadRow> askable = rows.stream().filter(r -> r.key().length() <= LONGEST_KEY).toList();
    Set<String> changed = new HashSet<>();
    for (List<String> keys : Soql.chunks(LoadJournal.keys(askable), QUESTION)) {
      Soql question =
          Soql.select("Id", order.keyColumn())
              .from(order.ingest().object())
              .where(SoqlCondition.in(order.keyColumn(), keys))
              .where(SoqlCondition.ge(CHANGED_AT, from));
      try (RecordCursor records = calls.query(question.text())) {
        records.forEachRemaining(r -> changed.add(folded(r.text(order.keyColumn()).orElse(""))));
      }
    }
    return askable.stream().filter(row -> !changed.contains(folded(row.key()))).toList();
  }

  private void tell(List<RowOutcome> outcomes) {
    outcomes.forEach(o -> settled.add(o.key()));
    book.tell(outcomes);
  }

  private void refuse(List<LoadRow> rows, String code) {
    LoadOutcome refused = new Refused(code, List.of(order.keyColumn()));
    tell(rows.stream().map(row -> new RowOutcome(row.key(), refused)).toList());
  }

  private List<LoadRow> askable(List<LoadRow> rows) {
    List<LoadRow> tooLong = rows.stream().filter(r -> r.key().length() > LONGEST_KEY).toList();
    if (tooLong.isEmpty()) {
      return rows;
    }
    LoadOutcome unknown = new Unknown(LoadOutcome.ANSWER_LOST);
    tell(tooLong.stream().map(row -> new RowOutcome(row.key(), unknown)).toList());
    return rows.stream().filter(r -> r.key().length() <= LONGEST_KEY).toList();
  }

  /**
   * Leaves out rows that exist under another key, because an automation changed it; those are saved
   * if the key shows which row they belong to. If others may be among the rest, none of it is sent.
   */
  private List<LoadRow> withoutChanged(List<LoadRow> open) {
    Pattern form = order.keyForm();
    String ourselves = calls.userId().orElse(null);
    Instant from = since;
    if (open.isEmpty() || form == null || ourselves == null || from == null) {
      return open;
    }
    Soql question =
        Soql.select("Id", order.keyColumn())
            .from(order.ingest().object())
            .where(SoqlCondition.eq(CREATED_BY, ourselves))
            .where(SoqlCondition.ge("CreatedDate", from));
    List<LoadRow> left = new ArrayList<>(open);
    List<RowOutcome> found = new ArrayList<>();
    boolean nobodys = false;
    try (RecordCursor records = calls.query(question.text())) {
      while (records.hasNext()) {
        SalesforceRecord record = records.next();
        String key = record.text(order.keyColumn()).orElse("");
        if (!form.matcher(key).matches()) {
          List<LoadRow> alike = left.stream().filter(row -> isOf(row.key(), key)).toList();
          if (alike.size() == 1) {
            left.removeAll(alike);
            found.add(
                new RowOutcome(alike.get(0).key(), new Saved(record.id().orElse(""), true, true)));
          } else if (!told.contains(record.id().orElse(""))) {
            nobodys = true;
          }
        }
      }
    }
    found.forEach(f -> told.add(((Saved) f.outcome()).id()));
    tell(found);
    if (!nobodys) {
      return left;
    }
    refuse(left, LoadOutcome.CREATED_WITHOUT_KEY);
    return List.of();
  }

  /** Whether one key is the rest of the other. */
  private static boolean isOf(String key, String made) {
    String one = SIGNS.matcher(folded(key)).replaceAll("");
    String other = SIGNS.matcher(folded(made)).replaceAll("");
    return !other.isEmpty() && (one.contains(other) || other.contains(one));
  }

  private List<LoadRow> withoutOthers(List<LoadRow> open) {
    List<LoadRow> others = new ArrayList<>();
    List<LoadRow> missing = new ArrayList<>();
    open.forEach(row -> (madeByOthers.contains(folded(row.key())) ? others : missing).add(row));
    refuse(others, LoadOutcome.CREATED_BY_OTHERS);
    return missing;
  }

  private List<LoadRow> ask(List<LoadRow> rows) {
    Map<String, Deque<LoadRow>> open = new LinkedHashMap<>();
    rows.forEach(row -> open.computeIfAbsent(folded(row.key()), k -> new ArrayDeque<>()).add(row));
    List<RowOutcome> found = new ArrayList<>();
    String object = order.ingest().object();
    String ourselves = calls.userId().map(LostAnswers::comparable).orElse(null);
    for (List<String> keys : Soql.chunks(LoadJournal.keys(rows), QUESTION)) {
      Soql question =
          Soql.select("Id", order.keyColumn(), CREATED_BY)
              .from(object)
              .where(SoqlCondition.in(order.keyColumn(), keys));
      Instant from = since;
      if (from != null) {
        question = question.where(SoqlCondition.ge("CreatedDate", from));
      }
      try (RecordCursor records = calls.query(question.text())) {
        while (records.hasNext()) {
          SalesforceRecord record = records.next();
          String id = record.id().orElse("");
          String key = record.text(order.keyColumn()).orElse("");
          String creator = record.text(CREATED_BY).map(LostAnswers::comparable).orElse("");
          if (ourselves != null && !creator.equals(ourselves)) {
            madeByOthers.add(folded(key));
            continue;
          }
          LoadRow row = id.isEmpty() ? null : rowOf(key, open.get(folded(key)));
          if (row != null) {
            found.add(new RowOutcome(row.key(), new Saved(id, true, true)));
          }
        }
      }
    }
    tell(found);
    return open.values().stream().flatMap(Deque::stream).toList();
  }

  /** Takes out the row of a record: keys may differ by case alone. */
  private static @Nullable LoadRow rowOf(String key, @Nullable Deque<LoadRow> alike) {
    if (alike == null || alike.isEmpty()) {
      return null;
    }
    for (LoadRow row : alike) {
      if (row.key().equals(key)) {
        alike.remove(row);
        return row;
      }
    }
    return alike.remove();
  }

  /** Ids have 15 characters, and a checksum of three. */
  private static String comparable(String id) {
    return id.substring(0, Math.min(15, id.length()));
  }

  /** Queries compare texts without regard to case. */
  private static String folded(String key) {
    return key.toLowerCase(Locale.ROOT);
  }
}
