package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.Findings;
import edu.cumc.aou.cli.print.Json;
import edu.cumc.aou.runtime.CheckDocument;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncListener;
import edu.cumc.aou.sync.check.CheckUp;
import edu.cumc.aou.sync.check.Finding;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description = {
      "Looks at everything a run needs, and changes nothing.",
      "Both databases, the login, the org, permissions, every mapped field, and the API calls left."
          + " Writes one row to the store and removes it, to see that there is room."
    })
final class CheckCommand extends ProgramCommand {

  @Option(
      names = "--show-values",
      description =
          "Name the values of the source that a picklist does not take. This is personal data.")
  private boolean showValues;

  @Override
  public Integer call() {
    RunSettings settings = program().configuration().forRun();
    try (SyncRuntime runtime =
        SyncRuntime.open(settings, program().world().outside(), SyncListener.NONE)) {
      List<Finding> findings = CheckUp.run(runtime.services(), settings.sync(), showValues);
      boolean good = findings.stream().noneMatch(f -> f.level() == Finding.Level.ERROR);
      int exitCode = good ? 0 : FailureKind.CONFIG.exitCode();
      ObjectNode document = Json.object().put("exitCode", exitCode);
      document.set("findings", CheckDocument.of(findings));
      program().print(document, Findings.lines(findings));
      return exitCode;
    }
  }
}
