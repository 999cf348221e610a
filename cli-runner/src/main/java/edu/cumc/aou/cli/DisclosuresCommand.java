package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.TextTable;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.ForgottenOrg;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.Disclosures;
import edu.cumc.aou.sync.run.Disclosures.Disclosure;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "disclosures",
    description = {
      "Lists what was sent to Salesforce about a participant: when, by which user, to which org,"
          + " which fields.",
      "Fields and no values; as far back as store.keep-runs. The audit trail notes who asked. Asks"
          + " the store only."
    })
final class DisclosuresCommand extends ProgramCommand {

  @Parameters(index = "0", paramLabel = "PMI_ID", description = "A P and nine digits.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private PmiId participant;

  @Override
  public Integer call() {
    Configuration configuration = program().configuration();
    try (SyncStore store = configuration.openStore()) {
      Looks.enter(store, "disclosures", List.of(participant));
      List<Disclosure> sent = Disclosures.of(store, participant);
      Optional<Instant> forgotten =
          store
              .holds()
              .find(participant)
              .filter(hold -> hold.kind() == HoldTable.Kind.FORGOTTEN)
              .map(Hold::since);
      ObjectNode document = document(sent);
      forgotten.ifPresent(at -> document.put("forgotten", at.toString()));
      List<String> lines = new ArrayList<>();
      forgotten.ifPresent(
          at ->
              lines.add(
                  "Forgotten on "
                      + Words.moment(at, configuration.localZone())
                      + ": the store does not keep what was sent of this participant before. What"
                      + " aou-sync forget printed then says which orgs had it."));
      if (forgotten.isEmpty() || !sent.isEmpty()) {
        lines.addAll(lines(sent, configuration.localZone()));
      }
      ForgottenOrg.last(store.runs())
          .ifPresent(
              last -> {
                document.put("forgottenOrgUpToRun", last.value());
                lines.add(
                    "The runs up to "
                        + last
                        + " are of an org that the store has forgotten since (aou-sync init"
                        + " --rebind): what they sent is not among these.");
              });
      program().print(document, lines);
      return 0;
    }
  }

  private static ObjectNode document(List<Disclosure> sent) {
    ObjectNode document = JsonText.object().put("exitCode", 0);
    ArrayNode array = document.putArray("disclosures");
    for (Disclosure one : sent) {
      ObjectNode entry =
          array
              .addObject()
              .put("run", one.run().value())
              .put("at", one.at().toString())
              .put("org", one.orgId())
              .put("object", one.object().word())
              .put("certain", one.isCertain())
              .put("exact", one.isExact());
      if (one.row() != 0) {
        entry.put("row", one.row());
      }
      if (!one.who().isEmpty()) {
        entry.put("who", one.who());
      }
      ArrayNode fields = entry.putArray("fields");
      one.fields().forEach(fields::add);
    }
    return document;
  }

  private static List<String> lines(List<Disclosure> sent, ZoneId zone) {
    if (sent.isEmpty()) {
      return List.of(
          "Nothing was sent of this participant, as far as the store still knows"
              + " (store.keep-runs).");
    }
    TextTable table = new TextTable().row("When", "Run", "To the org", "Object", "By", "Fields");
    for (Disclosure one : sent) {
      table.row(
          Words.moment(one.at(), zone),
          one.run().toString(),
          one.orgId(),
          one.object().word(),
          one.who(),
          String.join(" ", one.fields())
              + (one.isExact() ? "" : " (of the whole batch; of this record no more is kept)")
              + (one.isCertain() ? "" : " (no answer: may have arrived)"));
    }
    List<String> lines = new ArrayList<>(table.lines(""));
    lines.add(Words.count(sent.size(), "disclosure") + ", newest first. Values are not shown.");
    return lines;
  }
}
