package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.sync.desk.AdoptionDesk;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.SyncListener;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "adopt",
    description = {
      "Says that a Contact without a PMI ID is a participant's; the next sync gives it the PMI ID.",
      "Answers a doubtful adoption: aou-sync explain PMI_ID lists the Contacts that may be theirs.",
      "If none is, aou-sync release PMI_ID has the next sync make a new one. Writes to the store only."
    })
final class AdoptCommand extends ProgramCommand {

  @Parameters(index = "0", paramLabel = "PMI_ID", description = "A P and nine digits.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private PmiId participant;

  @Parameters(
      index = "1",
      paramLabel = "CONTACT_ID",
      description = "The Contact's Salesforce id, 15 or 18 characters.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private ContactId contact;

  @Option(
      names = "--why",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "The reason, in your words; without personal data, please.")
  private String why = "";

  @Override
  public Integer call() {
    RunSettings settings = program().configuration().forRun();
    try (SyncRuntime runtime =
        SyncRuntime.open(settings, program().world().outside(), SyncListener.NONE)) {
      AdoptionDesk.adopt(
          runtime.services(),
          settings.sync(),
          participant,
          contact,
          program().world().person().atHost(),
          Reason.of("--why", why));
      program()
          .print(
              JsonText.object().put("exitCode", 0).put("adopted", 1),
              List.of(
                  "Noted: the next sync gives this Contact the PMI ID, if nobody has by then.",
                  "Until then another aou-sync adopt, or aou-sync release, changes the answer."));
      return 0;
    }
  }
}
