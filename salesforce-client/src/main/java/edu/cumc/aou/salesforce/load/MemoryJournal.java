package edu.cumc.aou.salesforce.load;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps which rows are in progress, and passes on the final result of each. */
final class MemoryJournal implements LoadJournal {

  private final Consumer<RowOutcome> listener;
  private final Set<String> open = new HashSet<>();
  private final Map<String, RowOutcome> again = new HashMap<>();

  MemoryJournal(Consumer<RowOutcome> listener) {
    this.listener = listener;
  }

  @Override
  public void sending(List<LoadRow> rows) {
    rows.forEach(
        row -> {
          again.remove(row.key());
          open.add(row.key());
        });
  }

  @Override
  public void jobOpened(String jobId, List<LoadRow> rows) {
    sending(rows);
  }

  @Override
  public void jobStarting(String jobId) {}

  @Override
  public void jobOver(String jobId) {}

  @Override
  public void outcomes(List<RowOutcome> outcomes) {
    for (RowOutcome told : outcomes) {
      open.remove(told.key());
      again.remove(told.key());
      if (told.outcome() instanceof LoadOutcome.NotWritten unwritten && unwritten.goesAgain()) {
        again.put(told.key(), told);
      } else {
        listener.accept(told);
      }
    }
  }

  /** Passes on the last known result of rows that an early end left behind. */
  void end() {
    again.values().forEach(listener);
    open.forEach(
        key ->
            listener.accept(new RowOutcome(key, new LoadOutcome.Unknown(LoadOutcome.ANSWER_LOST))));
    again.clear();
    open.clear();
  }
}
