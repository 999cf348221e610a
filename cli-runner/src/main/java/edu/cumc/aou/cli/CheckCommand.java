package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.FindingText;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.runtime.CheckDocument;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.sync.check.CheckUp;
import edu.cumc.aou.sync.check.Finding;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.port.SyncListener;
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
          "Name the values of the source that a field does not take. This is personal data.")
  private boolean showValues;

  @Option(
      names = "--config-only",
      description = "Read the configuration and ask nobody: neither databases nor Salesforce.")
  private boolean configOnly;

  @Override
  public Integer call() {
    if (configOnly && showValues) {
      throw misused("--config-only and --show-values exclude each other; leave one out");
    }
    RunSettings settings = program().configuration().forRun();
    if (configOnly) {
      return told(CheckUp.ofSettings(settings.sync()));
    }
    try (SyncRuntime runtime =
        SyncRuntime.open(settings, program().world().outside(), SyncListener.NONE)) {
      return told(CheckUp.run(runtime.services(), settings.sync(), showValues));
    }
  }

  private int told(List<Finding> findings) {
    boolean good = findings.stream().noneMatch(f -> f.level() == Finding.Level.ERROR);
    int exitCode = good ? 0 : FailureKind.CONFIG.exitCode();
    ObjectNode document = JsonText.object().put("exitCode", exitCode);
    document.set("findings", CheckDocument.of(findings));
    program().print(document, FindingText.lines(findings, !configOnly));
    return exitCode;
  }
}
