package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.cli.runtime.StoreInstaller;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "init", description = "Creates or upgrades the sync's own tables in the store.")
final class InitCommand extends ProgramCommand {

  @Option(
      names = "--print",
      description =
          "Print the SQL for a DBA, and change nothing. It makes new tables, brings old ones up to"
              + " date, and may be run again (on H2: for an empty schema).")
  private boolean print;

  @Option(
      names = "--print-grants",
      description = "Print the least that the logins of the sync need, and change nothing.")
  private boolean printGrants;

  @Option(
      names = "--print-showplan",
      description =
          "Print questions for the plans of the statements that matter, and change nothing.")
  private boolean printShowplan;

  @Option(
      names = "--adopt-tables",
      description =
          "Rename tables of ours that exist with other columns out of the way, and keep their rows.")
  private boolean adoptTables;

  @Option(
      names = "--rebind",
      description =
          "Forget which org the store belongs to, and what was seen and sent there: the next run"
              + " starts afresh.")
  private boolean rebind;

  @Override
  public Integer call() {
    int prints = (print ? 1 : 0) + (printGrants ? 1 : 0) + (printShowplan ? 1 : 0);
    if (prints > 1) {
      throw misused("--print, --print-grants and --print-showplan exclude each other; take one");
    }
    if (prints > 0 && (adoptTables || rebind)) {
      throw misused("--print changes nothing; leave --adopt-tables and --rebind out");
    }
    Configuration configuration = program().configuration();
    try (StoreInstaller installer = configuration.installer()) {
      if (prints > 0) {
        String sql =
            print ? installer.sql() : printGrants ? installer.grants() : installer.showplan();
        program().print(JsonText.object().put("exitCode", 0).put("sql", sql), List.of(sql));
        return 0;
      }
      List<String> done = new ArrayList<>(installer.install(adoptTables, rebind));
      configuration.protectStore();
      configuration.storeNote().ifPresent(done::add);
      ObjectNode document = JsonText.object().put("exitCode", 0);
      ArrayNode array = document.putArray("done");
      done.forEach(array::add);
      program().print(document, done);
      return 0;
    }
  }
}
