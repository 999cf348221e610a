package edu.cumc.aou.cli;

import edu.cumc.aou.cli.demo.Demo;
import edu.cumc.aou.cli.demo.DemoOutcome;
import edu.cumc.aou.cli.demo.DemoText;
import edu.cumc.aou.cli.print.Json;
import edu.cumc.aou.simulator.source.SourceOptions;
import edu.cumc.aou.sync.FailureKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Shows the sync at work: a Salesforce simulator and a database of invented people on this"
          + " machine, and that many mornings with them, in virtual time.",
      "Needs no account anywhere; says at its end what to try next."
    })
final class DemoCommand extends ProgramCommand {

  @Option(
      names = "--participants",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many have signed up by day 1 (default: ${DEFAULT-VALUE}).")
  private int participants;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many mornings (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides who they are (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "demo",
      description =
          "Where it keeps its files (default: ./${DEFAULT-VALUE}); what an earlier demo left there is"
              + " removed.")
  private Path directory = Path.of("demo");

  @Override
  public Integer call() {
    SourceOptions people = Options.source(spec(), seed, participants, 1, false);
    if (days < 1 || days > SourceOptions.MAX_DAY) {
      throw misused("--days must be from 1 to " + SourceOptions.MAX_DAY);
    }
    Path path = program().world().directory().resolve(directory).normalize();
    Demo demo = new Demo(people, days, path, program().world(), SimulatorCommand.DEFAULT_PORT);
    Optional<DemoOutcome> outcome =
        demo.run(
            day -> {
              if (!program().json()) {
                DemoText.day(day).forEach(program().out()::println);
                program().out().flush();
              }
            });
    if (outcome.isEmpty()) {
      program()
          .err()
          .println("aou-sync: a guard stopped the demo; try other --participants or days");
      if (program().json()) {
        program().print(Json.object().put("exitCode", FailureKind.GUARDED.exitCode()), List.of());
      }
      return FailureKind.GUARDED.exitCode();
    }
    program()
        .print(DemoText.document(outcome.get()), DemoText.end(outcome.get(), people, directory));
    return outcome.get().isSound() ? 0 : FailureKind.BUG.exitCode();
  }
}
