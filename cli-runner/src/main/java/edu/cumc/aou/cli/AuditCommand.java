package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.AuditText;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.sync.audit.AuditCheck;
import edu.cumc.aou.sync.audit.AuditCheck.Fault;
import edu.cumc.aou.sync.audit.AuditCheck.Flaw;
import edu.cumc.aou.sync.audit.AuditCheck.Result;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.AuditTable.Row;
import edu.cumc.aou.sync.port.SyncStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "audit",
    description = {
      "Verifies the audit trail, or lists it: who wrote, approved, released, decided, removed and"
          + " looked.",
      "verify names the first row or record that was altered, removed or moved, and ends with 5"
          + " then.",
      "Asks the store only. Rows name nobody; PMI IDs on request."
    })
final class AuditCommand extends ProgramCommand {

  private static final int PAGE = 500;
  private static final int SOMEBODY = 5;

  /** The task. */
  enum Task {
    VERIFY,
    LIST
  }

  @Parameters(index = "0", paramLabel = "verify|list", description = "What to do.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Task task;

  @Option(
      names = "--head",
      paramLabel = "ROW:HASH",
      description =
          "verify: a row and its hash as an earlier report or message told them; the trail must go"
              + " through it.")
  private @Nullable String head;

  @Option(
      names = "--accept",
      paramLabel = "ROW",
      description =
          "verify: note that a person knows what is wrong at this row; it counts no more. Needs"
              + " --why.")
  private @Nullable Long accept;

  @Option(
      names = "--why",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "The reason, in your words; without personal data, please.")
  private String why = "";

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "50",
      description = "list: how many rows (default: ${DEFAULT-VALUE}).")
  private int last;

  @Option(names = "--run", paramLabel = "RUN", description = "list: only rows about this run.")
  private @Nullable RunId run;

  @Option(
      names = "--show-pmi-ids",
      description =
          "list: show the people that the rows are about, as far as they are kept. This is personal"
              + " data.")
  private boolean showPmiIds;

  @Override
  public Integer call() {
    if (last < 1) {
      throw misused("--last begins at 1");
    }
    if (task == Task.LIST && (head != null || accept != null)) {
      throw misused("--head and --accept go with verify");
    }
    if (accept != null && why.isBlank()) {
      throw misused("--accept needs --why: the trail keeps the reason");
    }
    Optional<Head> known = head == null ? Optional.empty() : Head.parse(head);
    if (head != null && known.isEmpty()) {
      throw misused("--head: expected a row's number, a colon and 64 digits and letters a to f");
    }
    Configuration configuration = program().configuration();
    try (SyncStore store = configuration.openStore()) {
      return task == Task.VERIFY
          ? verify(store.audit(), known.orElse(null))
          : list(store.audit(), configuration);
    }
  }

  private int verify(AuditTable audit, @Nullable Head known) {
    Result result = check(audit, known);
    if (accept != null) {
      accept(audit, result, accept);
      result = check(audit, known);
    }
    int exitCode = result.faults().isEmpty() ? 0 : SOMEBODY;
    ObjectNode document =
        JsonText.object()
            .put("exitCode", exitCode)
            .put("row", result.head().seq())
            .put("hash", result.head().hash())
            .put("rows", result.rows())
            .put("records", result.records())
            .put("blanked", result.blanked())
            .put("accepted", result.accepted());
    ArrayNode faults = document.putArray("faults");
    result.faults().forEach(fault -> add(fault, faults.addObject()));
    program().print(document, AuditText.result(result, known != null));
    return exitCode;
  }

  private static Result check(AuditTable audit, @Nullable Head known) {
    return new AuditCheck(audit, Long.MAX_VALUE, () -> {}).all(known);
  }

  private static void add(Fault fault, ObjectNode document) {
    document.put("flaw", fault.flaw().word()).put("row", fault.seq());
    if (fault.run() != null) {
      document.put("run", fault.run().value());
    }
    if (fault.record() != 0) {
      document.put("record", fault.record());
    }
  }

  private void accept(AuditTable audit, Result result, long row) {
    List<Fault> faults =
        result.faults().stream()
            .filter(f -> f.seq() == row)
            // The first row that is added comes right after the rows that are gone.
            .sorted(Comparator.comparing(f -> f.flaw() != Flaw.TRUNCATED))
            .toList();
    if (faults.isEmpty()) {
      throw new SyncException(
          FailureKind.CONFIG,
          "audit: nothing is wrong at row "
              + row
              + ". Nothing was noted; aou-sync audit verify names the rows, and what a head"
              + " revealed is accepted with the same --head.");
    }
    for (Fault fault : faults) {
      Head unused = audit.append(AuditCheck.accepted(fault, Reason.of("--why", why)));
    }
  }

  private int list(AuditTable audit, Configuration configuration) {
    List<Row> rows = rows(audit);
    ObjectNode document = JsonText.object().put("exitCode", 0);
    ArrayNode entries = document.putArray("entries");
    List<String> lines = new ArrayList<>(AuditText.rows(rows, configuration.localZone()));
    for (Row row : rows) {
      ObjectNode entry = entries.addObject();
      AuditText.add(row, entry);
      if (showPmiIds) {
        ArrayNode ids = entry.putArray("pmiIds");
        List<String> subjects = audit.subjects(row, AuditTable.MOST_SUBJECTS);
        subjects.forEach(ids::add);
        if (!subjects.isEmpty()) {
          lines.add("Row " + row.seq() + " (personal data): " + String.join(" ", subjects));
        }
      }
    }
    if (rows.isEmpty()) {
      lines.add("The audit trail has no such row.");
    } else {
      lines.add("");
      lines.add(
          Words.count(rows.size(), "row")
              + "; aou-sync audit verify says whether all is as it was.");
    }
    program().print(document, lines);
    return 0;
  }

  private List<Row> rows(AuditTable audit) {
    List<Row> rows = new ArrayList<>();
    long after = run == null ? Math.max(0, audit.head().seq() - last) : 0;
    List<Row> page;
    do {
      page = audit.page(after, PAGE);
      for (Row row : page) {
        after = row.seq();
        if (run == null || run.equals(row.run())) {
          rows.add(row);
        }
      }
    } while (page.size() == PAGE);
    return rows.subList(Math.max(0, rows.size() - last), rows.size());
  }
}
