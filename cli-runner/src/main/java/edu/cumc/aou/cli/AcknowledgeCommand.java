package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.sync.desk.Acknowledgements;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.SyncStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "acknowledge",
    description = {
      "Notes that somebody knows of what is open: fields left alone, rejected rows, holds, anomalies.",
      "They give exit code 5 no more while the source says the same; sync --strict counts them still.",
      "Asks the store only. aou-sync failures lists what is open."
    })
final class AcknowledgeCommand extends ProgramCommand {

  private static final int MOST_NAMES = 20;

  @Mixin private PmiIdArguments.Any participants = new PmiIdArguments.Any();

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description =
          "All that is open by this rule, code or kind, as aou-sync failures names it, e.g."
              + " contact.Email:invalid-email, malformed-pmi-id, quarantine. May be given again.")
  private List<String> rules = new ArrayList<>();

  @Option(names = "--all", description = "All that is open; alone, without PMI IDs and --rule.")
  private boolean all;

  @Option(
      names = "--why",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "The reason, in your words; without personal data, please.")
  private String why = "";

  @Option(names = "--take-back", description = "Take the decision back: it is news again.")
  private boolean takeBack;

  @Override
  public Integer call() {
    Set<PmiId> people =
        participants.areGiven() ? participants.read(program().world().input()) : Set.of();
    if (people.isEmpty() && rules.isEmpty() && !all) {
      throw misused("name PMI IDs, or --rule RULE, or --all");
    }
    if (all && (!people.isEmpty() || !rules.isEmpty())) {
      throw misused("--all means everything; leave it out, or PMI IDs and --rule");
    }
    try (SyncStore store = program().configuration().openStore()) {
      store.verify();
      Acknowledgements open =
          new Acknowledgements(
              store,
              program().world().clock(),
              program().world().person().atHost(),
              Reason.of("--why", why),
              takeBack);
      Acknowledgements.Done done =
          open.decide(new Acknowledgements.Wanted(people, new LinkedHashSet<>(rules), all));
      if (done.total() == 0) {
        throw new SyncException(FailureKind.CONFIG, nothing(open.names()));
      }
      program()
          .print(
              JsonText.object()
                  .put("exitCode", 0)
                  .put("takenBack", takeBack)
                  .put("flaws", done.flaws())
                  .put("holds", done.holds())
                  .put("anomalies", done.anomalies())
                  .put("without", done.without()),
              List.of(
                  (takeBack ? "News again: " : "Acknowledged: ")
                      + (done.flaws() == 1 ? "1 field or row" : done.flaws() + " fields and rows")
                      + ", "
                      + Words.count(done.holds(), "hold")
                      + ", "
                      + done.anomalies()
                      + (done.anomalies() == 1 ? " anomaly" : " anomalies")
                      + (takeBack ? "." : "." + until(done))
                      + (done.without() == 0
                          ? ""
                          : " Nothing fits "
                              + done.without()
                              + " of the "
                              + Words.count(people.size(), "PMI ID")
                              + ": aou-sync explain PMI_ID shows why.")));
      return 0;
    }
  }

  private static String until(Acknowledgements.Done done) {
    return (done.flaws() + done.holds() > 0
            ? " Fields, rows and holds are news again when the source says something else."
            : "")
        + (done.anomalies() > 0
            ? " An anomaly stays acknowledged until it is gone, whatever the source says; what waits"
                + " for it is not sent."
            : "")
        + " --take-back ends it now.";
  }

  private String nothing(SortedSet<String> names) {
    if (takeBack) {
      return "acknowledge: nothing that fits was acknowledged. Nothing was changed; aou-sync failures"
          + " lists what is acknowledged.";
    }
    return "acknowledge: nothing that is open fits. Nothing was changed. "
        + (names.isEmpty()
            ? "Nothing is open."
            : "Open are: "
                + names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMES ? ", …" : "")
                + ".")
        + " Salesforce gets a record that it refused again; acknowledge it once it is in quarantine.";
  }
}
