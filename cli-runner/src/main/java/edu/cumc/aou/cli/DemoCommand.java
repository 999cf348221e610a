package edu.cumc.aou.cli;

import edu.cumc.aou.cli.runtime.Lab;
import java.nio.file.Path;
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
    Lab.People people = new Lab.People(participants, 1, seed, false);
    return inLab(lab -> lab.demo(program(), people, days, directory));
  }
}
