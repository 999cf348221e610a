package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.OutFile;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.ForgottenOrg;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.PersonalData.Removed;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.Disclosures;
import edu.cumc.aou.sync.run.Forgetting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "forget",
    description = {
      "Removes what the sync's tables hold of participants, and sends nothing of them any more.",
      "A hold with the PMI ID alone stays, so that nobody is created anew; while Salesforce has",
      "the Contact, its ids stay too. Salesforce and the source are not touched."
    })
final class ForgetCommand extends ProgramCommand {

  private static final List<String> NOTHING_DONE = List.of("Nothing was changed.");

  @Mixin private PmiIdArguments.Some participants = new PmiIdArguments.Some();

  @Option(names = "--yes", description = "Do not ask: for scripts.")
  private boolean yes;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description =
          "Write down what was removed, when, who did it, and where else they may be known; names"
              + " nobody.")
  private @Nullable Path certificateFile;

  @Option(
      names = "--unseen",
      description =
          "Also take a PMI ID that the sync's tables do not know, so that it is never created.")
  private boolean unseen;

  @Override
  public Integer call() {
    Set<PmiId> ids = participants.read(program().world().input());
    @Nullable OutFile file =
        certificateFile == null ? null : outFile("--certificate", certificateFile);
    Configuration configuration = program().configuration();
    try (SyncStore store = configuration.openStore()) {
      store.verify();
      if (!unseen) {
        refuseUnknown(store, ids);
      }
      if (!yes && !isConfirmed(store, ids)) {
        program().print(JsonText.object().put("exitCode", 0).put("participants", 0), NOTHING_DONE);
        return 0;
      }
      Set<String> orgs = orgs(store, ids);
      List<Instant> before = forgottenBefore(store, ids);
      Removed removed =
          Forgetting.forget(
              store,
              ids,
              program().world().clock(),
              program().world().pause(),
              Holder.name(),
              configuration.lease());
      Head head = store.audit().head();
      Certificate certificate =
          new Certificate(
              ids.size(),
              removed,
              orgs,
              unknown(store, before, ids.size()),
              program().world().person().atHost(),
              program().world().clock().instant(),
              head);
      List<String> lines = new ArrayList<>(lines(ids.size(), removed));
      lines.addAll(certificate.elsewhere());
      ObjectNode document =
          document(ids.size(), removed)
              .put("forgottenBefore", before.size())
              .put("row", head.seq())
              .put("hash", head.hash());
      ArrayNode elsewhere = document.putArray("elsewhere");
      certificate.elsewhere().stream().map(String::strip).forEach(elsewhere::add);
      if (file != null) {
        certificate.write(file);
        document.put("certificate", file.toString());
        lines.add("The certificate is in " + file + "; it names nobody.");
      }
      lines.add("Audit trail " + head.text());
      program().print(document, lines);
      return 0;
    }
  }

  /** The orgs that received data about them; the site must tell these. */
  private static Set<String> orgs(SyncStore store, Set<PmiId> ids) {
    Set<String> orgs = new TreeSet<>();
    ids.forEach(id -> Disclosures.of(store, id).forEach(sent -> orgs.add(sent.orgId())));
    return orgs;
  }

  /** Since when those are forgotten who are so already, earliest first. */
  private static List<Instant> forgottenBefore(SyncStore store, Set<PmiId> ids) {
    return ids.stream()
        .flatMap(id -> store.holds().find(id).stream())
        .filter(hold -> hold.kind() == HoldTable.Kind.FORGOTTEN)
        .map(Hold::since)
        .sorted()
        .toList();
  }

  private static List<String> unknown(SyncStore store, List<Instant> before, int people) {
    List<String> unknown = new ArrayList<>();
    if (!before.isEmpty()) {
      Instant first = before.get(0).truncatedTo(ChronoUnit.SECONDS);
      Instant last = before.get(before.size() - 1).truncatedTo(ChronoUnit.SECONDS);
      unknown.add(
          before.size()
              + " of "
              + Words.count(people, "participant")
              + " had been forgotten already, "
              + (first.equals(last) ? "on " + first : "between " + first + " and " + last)
              + "; what was sent of them before is not kept since, so see what aou-sync forget said"
              + " then");
    }
    ForgottenOrg.last(store.runs())
        .ifPresent(
            run ->
                unknown.add(
                    "what the runs up to "
                        + run
                        + " sent is not kept, because the store was bound to another org since"
                        + " (aou-sync init --rebind)"));
    return unknown;
  }

  private void refuseUnknown(SyncStore store, Set<PmiId> ids) {
    long unknown = ids.stream().filter(id -> !isKnown(store, id)).count();
    if (unknown > 0) {
      throw new SyncException(
          FailureKind.CONFIG,
          "forget: the sync's tables do not know "
              + unknown
              + " of the "
              + Words.count(ids.size(), "PMI ID")
              + ". Nothing was changed. Look for the right one with aou-sync find; or add --unseen,"
              + " so that the sync never creates a Contact for it.");
    }
  }

  private static boolean isKnown(SyncStore store, PmiId id) {
    return store.mirror().find(id).isPresent()
        || store.holds().find(id).isPresent()
        || !store.changes().history(id, 1).isEmpty();
  }

  /** Shows the people on the terminal, and asks for confirmation. */
  private boolean isConfirmed(SyncStore store, Set<PmiId> ids) {
    if (!program().world().interactive() || participants.fromStdin()) {
      throw misused("forget asks before it removes anything: say --yes where nobody can answer");
    }
    program().err().println("Forget for good what the sync's tables hold of:");
    ids.forEach(id -> program().err().println("  " + id.value() + name(store, id)));
    program().err().print("Type yes to go on: ");
    program().err().flush();
    Scanner answers = new Scanner(program().world().input(), StandardCharsets.UTF_8);
    return answers.hasNextLine() && answers.nextLine().strip().equals("yes");
  }

  /**
   * The name that Salesforce showed last: a person recognises a name, but not a mistyped number.
   */
  private static String name(SyncStore store, PmiId id) {
    return store
        .mirror()
        .find(id)
        .flatMap(entry -> entry.contacts().stream().findFirst())
        .map(
            contact ->
                ("  "
                        + contact.fields().get(new FieldName("FirstName")).text()
                        + " "
                        + contact.fields().get(new FieldName("LastName")).text())
                    .stripTrailing())
        .orElse("");
  }

  private static ObjectNode document(int participants, Removed removed) {
    return JsonText.object()
        .put("exitCode", 0)
        .put("participants", participants)
        .put("changes", removed.changes())
        .put("anomalies", removed.anomalies())
        .put("mirrored", removed.mirrored())
        .put("inSalesforce", removed.inSalesforce());
  }

  private static List<String> lines(int participants, Removed removed) {
    List<String> lines = new ArrayList<>();
    lines.add("Forgot " + Words.count(participants, "participant") + ":");
    lines.add("  rows of plans without values, ids and PMI ID now: " + removed.changes());
    lines.add("  anomalies removed: " + removed.anomalies());
    lines.add("  mirrored records removed: " + removed.mirrored());
    lines.add(
        "They are held by PMI ID, so that no run creates them anew; aou-sync release ends that.");
    if (removed.inSalesforce() > 0) {
      lines.add(
          "Salesforce still has "
              + Words.count(removed.inSalesforce(), "record")
              + " of them. Delete them there: the next sync then removes their ids, which stay here"
              + " until that day.");
    }
    return lines;
  }
}
