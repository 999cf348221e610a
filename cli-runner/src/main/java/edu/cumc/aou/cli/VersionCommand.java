package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.runtime.ProgramVersion;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "version",
    description = "Says which version of the program this is, and on which Java it runs.")
final class VersionCommand extends ProgramCommand {

  @Override
  public Integer call() {
    String java = Runtime.version().toString();
    ObjectNode document =
        JsonText.object()
            .put("exitCode", 0)
            .put("name", "aou-sync")
            .put("version", ProgramVersion.text())
            .put("java", java)
            .put("javaVendor", System.getProperty("java.vendor", ""))
            .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    program().print(document, List.of("aou-sync " + ProgramVersion.text() + " on Java " + java));
    return 0;
  }
}
