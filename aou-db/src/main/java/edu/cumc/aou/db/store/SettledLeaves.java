package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.CanonicalJson;
import edu.cumc.aou.db.store.AuditBook.StoredLeaf;
import edu.cumc.aou.sync.audit.AuditHash;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Entry;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.AuditTable.Kind;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Makes the leaves of rows of {@code sync_change} that get their result: of each row that was sent,
 * or that Salesforce turned out to have. No result reaches that table in any other way.
 */
final class SettledLeaves {

  /** What a leaf covers, in this order. */
  private static final List<String> COLUMNS =
      List.of(
          "run_id",
          "seq",
          "object",
          "pmi_id",
          "contact_id",
          "journey_id",
          "action",
          "state",
          "old_values",
          "new_values",
          "refused_fields",
          "error_code",
          "error_fields");

  /** The same for a statement on {@link ChangeRows#WITH_VALUES}. */
  static final String CONTENT =
      COLUMNS.stream()
          .map(column -> "c." + column)
          .collect(Collectors.joining(", "))
          .replace("c.old_values, c.new_values", ChangeRows.VALUES);

  private static final Set<Change.State> ENDS =
      EnumSet.of(
          Change.State.DONE, Change.State.FAILED, Change.State.REFUSED, Change.State.UNKNOWN);

  private static final Set<String> NOT_SENT =
      Set.of(Change.Action.NOTE.name(), Change.Action.REJECT.name());

  private final long batch;
  private final SortedMap<Long, Commitment> leaves = new TreeMap<>();
  private final List<StoredLeaf> earlier = new ArrayList<>();
  private final AuditHash.Tree tree = new AuditHash.Tree();
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final Set<String> fields = new TreeSet<>();

  private SettledLeaves(long batch) {
    this.batch = batch;
  }

  /** A leaf and its nonce. */
  record Commitment(String nonce, String hash) {}

  /** A row before it is settled. */
  private record Before(
      List<@Nullable String> content, int attempts, long batch, @Nullable String leaf) {}

  /** Makes the leaves of rows, and reads the rows that are not known. */
  static SettledLeaves of(
      StoreDatabase store, Handle handle, RunId run, SortedMap<Long, Settlement> settlements) {
    SettledLeaves leaves = new SettledLeaves(store.newBatch());
    Map<Long, Before> rows = new HashMap<>();
    List<Long> unknown = new ArrayList<>();
    settlements
        .values()
        .forEach(
            settlement -> {
              Change row = settlement.row();
              if (row == null) {
                unknown.add(settlement.seq());
              } else {
                rows.put(row.seq(), new Before(content(run, row), row.attempts(), 0, null));
              }
            });
    for (List<Long> some : SettledRows.slices(unknown)) {
      handle
          .createQuery(
              store.sql(
                  "SELECT "
                      + CONTENT
                      + ", c.attempts, c.audit_batch, c.leaf FROM "
                      + ChangeRows.WITH_VALUES
                      + " WHERE c.run_id = :run AND c.seq BETWEEN :first AND :last AND c.seq IN (<seqs>)"))
          .bind("run", run.value())
          .bind("first", some.get(0))
          .bind("last", some.get(some.size() - 1))
          .bindList("seqs", some)
          .map((row, context) -> Map.entry(row.getLong("seq"), before(row)))
          .forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
    }
    settlements
        .values()
        .forEach(
            settlement -> {
              Before row = rows.get(settlement.seq());
              if (row != null) {
                leaves.add(store, settlement, row);
              }
            });
    return leaves;
  }

  private static Before before(ResultSet row) throws SQLException {
    return new Before(
        content(row), row.getInt("attempts"), row.getLong("audit_batch"), row.getString("leaf"));
  }

  /** The content of a known row, before the result. */
  private static List<@Nullable String> content(RunId run, Change row) {
    return Arrays.asList(
        Long.toString(run.value()),
        Long.toString(row.seq()),
        row.object().name(),
        row.pmiId().value(),
        row.contactId() == null ? null : row.contactId().value(),
        row.journeyId() == null ? null : row.journeyId().value(),
        row.action().name(),
        row.state().name(),
        RowCodec.json(row.oldValues()),
        RowCodec.json(row.newValues()),
        CanonicalJson.write(row.refusedFields()),
        row.errorCode(),
        CanonicalJson.write(row.errorFields()));
  }

  /** What the leaf of a row covers. */
  static List<@Nullable String> content(ResultSet row) throws SQLException {
    List<@Nullable String> content = new ArrayList<>();
    for (String column : COLUMNS) {
      content.add(row.getString(column));
    }
    return content;
  }

  private void add(StoreDatabase store, Settlement settlement, Before row) {
    if (row.leaf() != null) {
      earlier.add(new StoredLeaf(row.batch(), settlement.seq(), null, null, row.leaf()));
    }
    String action = String.valueOf(row.content().get(6));
    boolean sent = row.attempts() > 0 || settlement.state() == Change.State.DONE;
    if (!ENDS.contains(settlement.state()) || !sent || NOT_SENT.contains(action)) {
      return;
    }
    String[] content = row.content().toArray(String[]::new);
    if (settlement.contactId() != null) {
      content[4] = settlement.contactId().value();
    }
    if (settlement.journeyId() != null) {
      content[5] = settlement.journeyId().value();
    }
    content[7] = settlement.state().name();
    content[11] = settlement.errorCode();
    content[12] = CanonicalJson.write(settlement.errorFields());
    String nonce = store.newNonce();
    Commitment leaf = new Commitment(nonce, AuditHash.leaf(nonce, Arrays.asList(content)));
    leaves.put(settlement.seq(), leaf);
    tree.add(leaf.hash());
    count(content[2] + "." + action + "." + settlement.state());
    if (settlement.errorCode() != null) {
      count("code." + settlement.errorCode());
    }
    Change known = settlement.row();
    if (known == null) {
      fields.addAll(CanonicalJson.names(String.valueOf(content[9])));
    } else {
      known.newValues().fields().forEach(field -> fields.add(field.value()));
    }
  }

  private void count(String name) {
    counts.merge(name.toLowerCase(Locale.ROOT), 1L, Long::sum);
  }

  long batch() {
    return batch;
  }

  /** The leaf of a row; null if it gets none. */
  @Nullable Commitment of(long seq) {
    return leaves.get(seq);
  }

  /** Adds the row with these leaves to the audit trail. */
  void enter(AuditBook book, RunId run) {
    book.keep(earlier);
    if (leaves.isEmpty() && earlier.isEmpty()) {
      return;
    }
    SortedMap<String, String> what = new TreeMap<>();
    counts.forEach((name, count) -> what.put(name, count.toString()));
    if (!fields.isEmpty()) {
      what.put("fields", String.join(" ", fields));
    }
    if (!earlier.isEmpty()) {
      what.put(AuditTable.LEAVES, Long.toString(earlier.size()));
    }
    if (!leaves.isEmpty()) {
      what.put(AuditTable.FIRST, leaves.firstKey().toString());
      what.put(AuditTable.LAST, leaves.lastKey().toString());
    }
    Head unused =
        book.append(
            Entry.of(Kind.WRITES, run, what),
            leaves.isEmpty() ? 0 : batch,
            leaves.size(),
            tree.root());
  }
}
