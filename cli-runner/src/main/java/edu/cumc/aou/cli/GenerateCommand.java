package edu.cumc.aou.cli;

import edu.cumc.aou.cli.runtime.H2Urls;
import edu.cumc.aou.cli.runtime.Lab;
import edu.cumc.aou.sync.config.EnvironmentVariables;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "generate",
    description = {
      "Fills a participant source with invented people, or lets them live to day N.",
      "Writes only to tables that it made itself: a real source is refused."
    })
final class GenerateCommand extends ProgramCommand {

  private static final String PASSWORD_VARIABLE =
      EnvironmentVariables.variableFor("source.password").orElseThrow();

  @Option(
      names = "--jdbc-url",
      required = true,
      paramLabel = "URL",
      description = "An H2 or SQL Server database.")
  private String jdbcUrl = "";

  @Option(names = "--user", paramLabel = "NAME", description = "Its user (default: sa for H2).")
  private @Nullable String user;

  @Option(
      names = "--password",
      paramLabel = "PASSWORD",
      description = "Its password; better in AOU_SOURCE_PASSWORD, where no process list shows it.")
  private @Nullable String password;

  @Option(
      names = "--participants",
      required = true,
      paramLabel = "N",
      description = "How many had signed up by day 1; later days add to them.")
  private int participants;

  @Option(
      names = "--day",
      paramLabel = "N",
      defaultValue = "1",
      description = "The day of their lives (default: ${DEFAULT-VALUE}).")
  private int day;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides who they are (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--dirty", description = "Plant malformed and duplicate rows among them.")
  private boolean dirty;

  @Override
  public Integer call() {
    if (jdbcUrl.isBlank()) {
      throw misused("--jdbc-url is empty");
    }
    String url = H2Urls.complete(jdbcUrl);
    String login = user == null ? (H2Urls.isH2(url) ? "sa" : "") : user;
    String secret =
        password == null
            ? program().world().environment().getOrDefault(PASSWORD_VARIABLE, "")
            : password;
    Lab.People people = new Lab.People(participants, day, seed, dirty);
    return inLab(lab -> lab.generate(program(), people, url, login, secret));
  }
}
