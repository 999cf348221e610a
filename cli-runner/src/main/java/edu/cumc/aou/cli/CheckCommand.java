package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.Json;
import edu.cumc.aou.cli.runtime.RunSettings;
import edu.cumc.aou.cli.runtime.SyncRuntime;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncListener;
import edu.cumc.aou.sync.check.CheckUp;
import edu.cumc.aou.sync.check.Finding;
import edu.cumc.aou.sync.config.ConfigSection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "check",
    description = {
      "Looks at everything a run needs, and writes nothing.",
      "Both databases, the login, the org, permissions, every mapped field, and the API calls left."
    })
final class CheckCommand implements Callable<Integer> {

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private AouSync program;

  @Override
  public Integer call() {
    RunSettings settings = program.configuration().forRun();
    try (SyncRuntime runtime = SyncRuntime.open(settings, program.world(), SyncListener.NONE)) {
      List<Finding> findings = CheckUp.run(runtime.services(), settings.sync());
      long errors = count(findings, Finding.Level.ERROR);
      long warnings = count(findings, Finding.Level.WARNING);
      program.print(document(findings), lines(findings, errors, warnings));
      return errors == 0 ? 0 : FailureKind.CONFIG.exitCode();
    }
  }

  private static long count(List<Finding> findings, Finding.Level level) {
    return findings.stream().filter(f -> f.level() == level).count();
  }

  private static List<String> lines(List<Finding> findings, long errors, long warnings) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      String level =
          switch (finding.level()) {
            case OK -> "ok      ";
            case WARNING -> "warning ";
            case ERROR -> "ERROR   ";
          };
      lines.add(level + finding.subject() + ": " + finding.message());
      if (!finding.advice().isEmpty()) {
        lines.add("        " + finding.advice());
      }
    }
    lines.add("");
    lines.add(
        errors == 0
            ? "A run is possible." + (warnings == 0 ? "" : " Warnings: " + warnings + ".")
            : "A run would stop or do harm. Errors: " + errors + ", warnings: " + warnings + ".");
    return lines;
  }

  private static ObjectNode document(List<Finding> findings) {
    ObjectNode document = Json.object();
    ArrayNode array = document.putArray("findings");
    for (Finding finding : findings) {
      array
          .addObject()
          .put("level", ConfigSection.word(finding.level()))
          .put("subject", finding.subject())
          .put("message", finding.message())
          .put("advice", finding.advice());
    }
    return document;
  }
}
