package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.AnomalyText;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.sync.desk.AnomalyDesk;
import edu.cumc.aou.sync.desk.AnomalyDesk.Wanted;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.AnomalyTable.Kind;
import edu.cumc.aou.sync.port.AnomalyTable.OpenAnomaly;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "anomalies",
    description = {
      "Lists what is not as it should be in Salesforce: several journeys, none, several Contacts.",
      "And notes what you decide about it: keep one of several, ignore, or wait.",
      "Works on the store only; the next sync follows the decision. Ids on request."
    })
final class AnomaliesCommand extends ProgramCommand {

  @Mixin private PmiIdArguments.Any participants = new PmiIdArguments.Any();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only those of this kind, e.g. SEVERAL_JOURNEYS. May be given again.")
  private List<Kind> kinds = new ArrayList<>();

  @Option(
      names = "--show-ids",
      description = "List the people they concern, with the Salesforce ids. This is personal data.")
  private boolean showIds;

  @ArgGroup(exclusive = true)
  private @Nullable Choice choice;

  @Option(
      names = "--why",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "The reason, in your words; without personal data, please.")
  private String why = "";

  /** What to decide. */
  static final class Choice {
    @Option(
        names = "--keep",
        paramLabel = "ID",
        description =
            "Of several journeys or Contacts of one participant, this one counts: the sync writes"
                + " to it, and leaves the others alone.")
    private @Nullable String keep;

    @Option(names = "--ignore", description = "They may stay: no news while they are open.")
    private boolean ignore;

    @Option(
        names = "--wait-until",
        paramLabel = "DAY",
        description = "No news before this day, e.g. 2026-03-31.")
    private @Nullable LocalDate waitUntil;

    @Option(names = "--take-back", description = "Take the decision back: they are news again.")
    private boolean takeBack;
  }

  @Override
  public Integer call() {
    Set<PmiId> people =
        participants.areGiven() ? participants.read(program().world().input()) : Set.of();
    if (choice != null && people.isEmpty() && (kinds.isEmpty() || participants.areGiven())) {
      throw misused("name PMI IDs, or --kind KIND");
    }
    if (choice != null && choice.keep != null && people.size() != 1) {
      throw misused("--keep is about one participant; name one PMI ID");
    }
    Wanted wanted = new Wanted(people, kinds.isEmpty() ? Set.of() : EnumSet.copyOf(kinds));
    Configuration configuration = program().configuration();
    try (SyncStore store = configuration.openStore()) {
      store.verify();
      if (choice == null) {
        list(store, wanted, configuration.localZone());
      } else {
        decide(store, wanted, choice, configuration.localZone());
      }
      return 0;
    }
  }

  private void list(SyncStore store, Wanted wanted, ZoneId zone) {
    AnomalyText text = new AnomalyText(zone);
    Map<RunId, Optional<Instant>> began = new HashMap<>();
    List<String> records = new ArrayList<>();
    ObjectNode document = JsonText.object().put("exitCode", 0);
    ArrayNode kindsNode = document.putArray("anomalies");
    ArrayNode array = showIds ? document.putArray("records") : kindsNode;
    try (Cursor<OpenAnomaly> open = store.anomalies().read()) {
      while (open.hasNext()) {
        OpenAnomaly next = open.next();
        if (wanted.has(next.anomaly())) {
          Instant since =
              began
                  .computeIfAbsent(next.firstRun(), r -> store.runs().find(r).map(Run::startedAt))
                  .orElse(null);
          text.count(next, since);
          if (showIds) {
            List<MirroredContact> contacts = recordsOf(store, next.anomaly());
            records.addAll(text.lines(next, since, contacts));
            AnomalyText.add(next, since, contacts, array);
          }
        }
      }
    }
    text.add(kindsNode);
    List<String> lines = text.lines();
    if (!records.isEmpty()) {
      lines.add("");
      lines.add("The people they concern (personal data)");
      lines.addAll(records);
    }
    program().print(document, lines);
  }

  /** The live Contacts, if a person must know which record is meant. */
  private static List<MirroredContact> recordsOf(SyncStore store, Anomaly anomaly) {
    return anomaly.field().isEmpty()
        ? store.mirror().findWithOthers(anomaly.pmiId()).map(e -> e.live()).orElse(List.of())
        : List.of();
  }

  private void decide(SyncStore store, Wanted wanted, Choice choice, ZoneId zone) {
    AnomalyDesk desk =
        new AnomalyDesk(
            store,
            program().world().clock(),
            program().world().person().atHost(),
            Reason.of("--why", why));
    if (choice.keep != null) {
      desk.keep(wanted.people().iterator().next(), choice.keep);
      tell(1, "Noted: the next sync writes to this record, and leaves the others alone.");
    } else if (choice.waitUntil != null) {
      LocalDate today = LocalDate.ofInstant(program().world().clock().instant(), zone);
      if (!choice.waitUntil.isAfter(today)) {
        throw misused("--wait-until needs a day that is still to come");
      }
      int done = desk.waitUntil(wanted, choice.waitUntil);
      tell(done, "Noted: " + count(done) + " no news before " + choice.waitUntil + ".");
    } else if (choice.takeBack) {
      int done = desk.takeBack(wanted);
      tell(done, "Taken back: " + count(done) + " news again.");
    } else if (choice.ignore) {
      int done = desk.ignore(wanted);
      tell(done, "Noted: " + count(done) + " no news while open.");
    }
  }

  private static String count(int anomalies) {
    return anomalies + (anomalies == 1 ? " anomaly is" : " anomalies are");
  }

  private void tell(int decided, String line) {
    program().print(JsonText.object().put("exitCode", 0).put("decided", decided), List.of(line));
  }
}
