package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.load.LoadJob;
import edu.cumc.aou.salesforce.load.LoadOrder;
import edu.cumc.aou.salesforce.load.LoadRow;
import edu.cumc.aou.salesforce.load.LoadSettings;
import edu.cumc.aou.salesforce.load.LoadTally;
import edu.cumc.aou.salesforce.load.Loader;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.port.JobTable;
import edu.cumc.aou.sync.port.WriteJournal;
import edu.cumc.aou.sync.port.WriteOrder;
import edu.cumc.aou.sync.port.WriteOrder.Operation;
import edu.cumc.aou.sync.port.WriteRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the sync's rows of one object by the client's loader. */
final class CrmWriter {

  /** Blanks are not allowed: a PMI ID with blanks is not the one that was sent. */
  private static final Pattern PMI_ID = Pattern.compile("(?i)P\\d{9}");

  private final Loader loader;
  private final ObjectDescription object;
  private final LoadOrder order;
  private final LongConsumer saved;
  private final Map<FieldName, String> spelled = new HashMap<>();

  /** {@code saved} learns how many records each load has written. */
  CrmWriter(
      Salesforce salesforce,
      ObjectDescription object,
      String keyField,
      WriteOrder order,
      LongConsumer saved) {
    this.saved = saved;
    this.loader = salesforce.loader();
    this.object = object;
    this.order = loadOrder(object, keyField, order);
  }

  private static LoadOrder loadOrder(ObjectDescription object, String keyField, WriteOrder order) {
    boolean update = order.operation() == Operation.UPDATE;
    String key =
        update ? ReadObject.ID : object.field(keyField).map(f -> f.name()).orElse(keyField);
    List<String> columns = new ArrayList<>(List.of(key));
    object.fields().stream()
        .map(f -> f.name())
        .filter(f -> !f.equals(key) && !f.equals(ReadObject.ID))
        .forEach(columns::add);
    BulkIngest ingest =
        new BulkIngest(
            object.name(),
            switch (order.operation()) {
              case CREATE -> BulkOperation.INSERT;
              case UPSERT_BY_PMI_ID -> BulkOperation.UPSERT;
              case UPDATE -> BulkOperation.UPDATE;
              case DELETE, RESTORE ->
                  throw new IllegalArgumentException("no job fills or empties the recycle bin");
            },
            order.operation() == Operation.UPSERT_BY_PMI_ID ? key : null,
            columns);
    LoadOrder load =
        new LoadOrder(
            ingest,
            key,
            LoadSettings.DEFAULT
                .withBulkFrom(order.bulk().threshold() + 1)
                .withRowsPerJob(order.bulk().rowsPerJob())
                .withJobTimeout(order.bulk().max()));
    return update ? load : load.withKeyForm(PMI_ID);
  }

  void write(Iterator<WriteRow> rows, WriteJournal journal) {
    JournalOfLoad load = new JournalOfLoad(journal);
    end(loader.load(order, new Rows(rows), load, load));
  }

  void takeUp(JobTable.Job job, List<WriteRow> rows, Instant since, WriteJournal journal) {
    JournalOfLoad load = new JournalOfLoad(journal);
    end(
        loader.takeUp(
            order,
            new LoadJob(job.id().value(), job.state() != JobTable.State.OPEN),
            rows.stream().map(this::row).toList(),
            since,
            load,
            load));
  }

  void settle(Iterator<WriteRow> rows, Instant since, boolean mayBeUnderWay, WriteJournal journal) {
    JournalOfLoad load = new JournalOfLoad(journal);
    end(loader.settle(order, new Rows(rows), since, mayBeUnderWay, load, load));
  }

  private void end(LoadTally tally) {
    saved.accept(tally.saved());
    tally
        .failure()
        .ifPresent(
            failure -> {
              throw CrmFaults.translated(failure);
            });
  }

  private LoadRow row(WriteRow row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Map.Entry<FieldName, FieldValue> entry : row.values().asMap().entrySet()) {
      values.put(
          spelled.computeIfAbsent(entry.getKey(), this::spelling),
          entry.getValue().isBlank() ? null : entry.getValue().text());
    }
    return new LoadRow(row.key(), values);
  }

  /** As Salesforce spells it. */
  private String spelling(FieldName field) {
    return object.field(field.value()).map(f -> f.name()).orElse(field.value());
  }

  private final class Rows implements Iterator<LoadRow> {
    private final Iterator<WriteRow> rows;

    Rows(Iterator<WriteRow> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public LoadRow next() {
      return row(rows.next());
    }
  }
}
