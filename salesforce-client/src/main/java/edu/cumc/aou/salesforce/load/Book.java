package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.load.LoadOutcome.NotWritten;
import edu.cumc.aou.salesforce.load.LoadOutcome.Refused;
import edu.cumc.aou.salesforce.load.LoadOutcome.Saved;
import java.util.ArrayList;
import java.util.List;

/** Tells the journal, and counts. For one load. */
final class Book {

  private final LoadJournal journal;
  private long saved;
  private long refused;

  Book(LoadJournal journal) {
    this.journal = journal;
  }

  LoadJournal journal() {
    return journal;
  }

  long saved() {
    return saved;
  }

  long refused() {
    return refused;
  }

  void tell(List<RowOutcome> outcomes) {
    if (outcomes.isEmpty()) {
      return;
    }
    journal.outcomes(List.copyOf(outcomes));
    for (RowOutcome told : outcomes) {
      saved += told.outcome() instanceof Saved ? 1 : 0;
      refused += told.outcome() instanceof Refused ? 1 : 0;
    }
  }

  void tell(LoadRow row, LoadOutcome outcome) {
    tell(List.of(new RowOutcome(row.key(), outcome)));
  }

  /** Reports the same for several rows. */
  void tellAll(List<LoadRow> rows, LoadOutcome outcome) {
    List<RowOutcome> outcomes = new ArrayList<>();
    rows.forEach(row -> outcomes.add(new RowOutcome(row.key(), outcome)));
    tell(outcomes);
  }

  /** The outcome of a row that is sent again. */
  static LoadOutcome again(String code, List<String> fields) {
    return new NotWritten(code, fields, true);
  }
}
