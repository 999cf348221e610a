package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.ExplanationJson;
import edu.cumc.aou.cli.print.ExplanationText;
import edu.cumc.aou.cli.print.PeopleFound;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.sync.explain.Explainer;
import edu.cumc.aou.sync.explain.Explanation;
import edu.cumc.aou.sync.explain.Finder;
import edu.cumc.aou.sync.explain.FoundPeople;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.ChangeTable.ParticipantChange;
import edu.cumc.aou.sync.port.SyncListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = {
      "Says why a participant is, or is not, in Salesforce.",
      "Shows personal data: source, mapping, what Salesforce showed last, holds and earlier runs. Writes nothing."
    })
final class ExplainCommand extends ProgramCommand implements ShowsPeople {

  /** A single word that was meant to be a PMI ID. */
  private static final Pattern MISTYPED = Pattern.compile("[Pp][0-9][^@ ]{0,40}");

  @Parameters(
      arity = "1..*",
      paramLabel = "PMI_ID",
      description = "A P and nine digits, or whatever aou-sync find takes, if it fits one person.")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    RunSettings settings = program().configuration().forRun();
    try (SyncRuntime runtime =
        SyncRuntime.open(settings, program().world().outside(), SyncListener.NONE)) {
      Optional<PmiId> participant = participant(runtime, settings);
      if (participant.isEmpty()) {
        return 2;
      }
      Looks.enter(runtime.services().store(), "explain", List.of(participant.get()));
      Explanation explanation =
          new Explainer(runtime.services(), settings.sync()).explain(participant.get());
      Map<RunId, RunState> runs = new HashMap<>();
      for (ParticipantChange row : explanation.history()) {
        runtime
            .services()
            .store()
            .runs()
            .find(row.run())
            .ifPresent(run -> runs.put(run.id(), run.state()));
      }
      program()
          .print(
              ExplanationJson.of(explanation),
              ExplanationText.lines(
                  explanation, runs, program().configuration().localZone(), program().width()));
      return 0;
    }
  }

  /**
   * The participant that the words name. If nobody fits, or several people do, it shows them
   * instead.
   */
  private Optional<PmiId> participant(SyncRuntime runtime, RunSettings settings) {
    String said = String.join(" ", words);
    Optional<PmiId> named = PmiId.tryParse(said.strip().toUpperCase(Locale.ROOT));
    if (named.isPresent()) {
      return named;
    }
    if (MISTYPED.matcher(said.strip()).matches()) {
      throw misused(
          "PMI_ID: "
              + Converters.PMI_ID
              + "; aou-sync find looks for names, numbers and addresses");
    }
    FoundPeople found = new Finder(runtime.services(), settings.sync()).find(said);
    if (found.people().size() == 1) {
      return Optional.of(found.people().get(0).pmiId());
    }
    Looks.enter(
        runtime.services().store(),
        "explain",
        found.people().stream().map(FoundPeople.Person::pmiId).toList());
    program().print(PeopleFound.document(found).put("exitCode", 2), PeopleFound.lines(found));
    return Optional.empty();
  }
}
