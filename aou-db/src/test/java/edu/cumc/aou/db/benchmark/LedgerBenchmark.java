package edu.cumc.aou.db.benchmark;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.store.SqlSyncStore;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the books of a load cost: plan, mark and settle records in batches, on an H2 file. Run it on
 * the classes of two versions to compare them; see docs/performance.md.
 */
final class LedgerBenchmark {

  private LedgerBenchmark() {}

  /** Arguments: directory, records, records of a batch. */
  public static void main(String[] args) {
    int records = Integer.parseInt(args[1]);
    int batch = Integer.parseInt(args[2]);
    String url =
        "jdbc:h2:file:"
            + Path.of(args[0]).toAbsolutePath().resolve("ledger" + System.nanoTime())
            + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;WRITE_DELAY=0";
    try (SqlSyncStore store =
        SqlSyncStore.open(DatabaseSettings.of(url).withLogin("sa", null), "dbo")) {
      SqlSyncStore unused = store;
      store.installer().install(false);
      for (int round = 0; round < 3; round++) {
        load(store, records, batch);
      }
    }
  }

  private static void load(SqlSyncStore store, int records, int batch) {
    RunId run = store.runs().create(RunMode.SYNC, "00DTEST00000001EAA", "print", Instant.EPOCH);
    long planned = 0;
    long settled = 0;
    for (int from = 1; from <= records; from += batch) {
      List<Change> changes = new ArrayList<>();
      List<Long> seqs = new ArrayList<>();
      List<Settlement> settlements = new ArrayList<>();
      for (int n = from; n < from + batch; n++) {
        Change change =
            Change.builder(
                    n,
                    CrmObject.CONTACT,
                    new PmiId(String.format(Locale.ROOT, "P%09d", n)),
                    Change.Action.INSERT)
                .newValues(values(n))
                .build();
        changes.add(change);
        seqs.add((long) n);
        settlements.add(
            new Settlement(
                    n,
                    Change.State.DONE,
                    new ContactId(String.format(Locale.ROOT, "003%012dAAA", n)),
                    null,
                    null,
                    List.of())
                .of(change.toBuilder().attempts(1).build()));
      }
      long start = System.nanoTime();
      store.changes().append(run, changes);
      store.changes().markSent(run, seqs);
      long between = System.nanoTime();
      store.changes().settle(run, settlements);
      settled += System.nanoTime() - between;
      planned += between - start;
    }
    System.out.printf(
        Locale.ROOT,
        "plan and mark %.2f s, settle %.2f s%n",
        (double) planned / 1e9,
        (double) settled / 1e9);
  }

  private static FieldValues values(int n) {
    SortedMap<FieldName, FieldValue> values = new TreeMap<>();
    for (int field = 0; field < 20; field++) {
      values.put(
          new FieldName("HP_Field_Number_" + field + "__c"),
          new FieldValue("value " + field + " of number " + n));
    }
    return FieldValues.of(values);
  }
}
