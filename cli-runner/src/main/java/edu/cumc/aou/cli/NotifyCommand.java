package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.Deliveries;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.runtime.notify.Delivery;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "notify",
    description = {
      "Sends a test message to everybody named in the section notify of the configuration.",
      "Needs no database and no Salesforce. How to set it up: docs/operations.md."
    })
final class NotifyCommand extends ProgramCommand {

  @Option(
      names = "--test",
      required = true,
      description = "Send the test. There is nothing else that this command does.")
  @SuppressWarnings("UnusedVariable") // picocli only checks that it is given
  private boolean test;

  @Override
  public Integer call() {
    List<Delivery> deliveries =
        CommandNotices.messenger(program(), program().configuration().notices()).test();
    if (deliveries.isEmpty()) {
      throw new SyncException(
          FailureKind.CONFIG,
          "notify: nobody is named; say notify.mail, notify.webhook or notify.command in the"
              + " configuration");
    }
    int exitCode =
        deliveries.stream().allMatch(Delivery::isTold) ? 0 : FailureKind.CONFIG.exitCode();
    program()
        .print(
            Deliveries.addTo(JsonText.object().put("exitCode", exitCode), deliveries),
            deliveries.stream().map(Delivery::line).toList());
    return exitCode;
  }
}
