package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.PeopleFound;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.sync.explain.Finder;
import edu.cumc.aou.sync.explain.FoundPeople;
import edu.cumc.aou.sync.port.SyncListener;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "find",
    description = {
      "Finds a person by what a caller says, in the source, in Salesforce as last seen, and among the held.",
      "Shows personal data. Writes nothing."
    })
final class FindCommand extends ProgramCommand implements ShowsPeople {

  @Parameters(
      arity = "1..*",
      paramLabel = "TEXT",
      description =
          "A PMI ID, a Salesforce id or address, an e-mail address, a phone number, or beginnings of names.")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    String said = String.join(" ", words).strip();
    if (said.isEmpty()) {
      throw misused("say what to look for");
    }
    RunSettings settings = program().configuration().forRun();
    try (SyncRuntime runtime =
        SyncRuntime.open(settings, program().world().outside(), SyncListener.NONE)) {
      FoundPeople found = new Finder(runtime.services(), settings.sync()).find(said);
      Looks.enter(
          runtime.services().store(),
          "find",
          found.people().stream().map(FoundPeople.Person::pmiId).toList());
      program().print(PeopleFound.document(found), PeopleFound.lines(found));
      return 0;
    }
  }
}
