package edu.cumc.aou.simulator.kit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks an org and writes a file of rule numbers and verdicts, without data. Says first what it
 * would do where, and goes on only when it is told the id of that org.
 */
final class KitRun {
  private final Map<String, String> settings;
  private final PrintStream out;

  /** How it ended. */
  enum End {
    ALL_HOLD,
    SOME_DIFFER,
    NOT_BEGUN
  }

  /**
   * Makes a run.
   *
   * @param settings the section {@code salesforce} of a configuration, and {@code confirm}
   * @param out told what would be done and what came of it
   */
  KitRun(Map<String, String> settings, PrintStream out) {
    this.settings = Map.copyOf(settings);
    this.out = out;
  }

  /** Asks about every rule, if it may. */
  End run(Path verdicts) throws IOException {
    try (AskedOrg org = new AskedOrg(login())) {
      JsonNode organization =
          AskedOrg.json(org.query("SELECT Id, IsSandbox FROM Organization")).at("/records/0");
      String id = organization.path("Id").asText();
      if (!organization.path("IsSandbox").asBoolean(false)) {
        out.println("The org " + id + " is no sandbox, so the kit asks it nothing.");
        return End.NOT_BEGUN;
      }
      if (!setting("confirm").equals(id)) {
        out.println(
            "The kit would ask the sandbox "
                + id
                + " about "
                + Kit.rules().size()
                + " rules: it creates some 40 Contacts named Kit…, runs 10 bulk jobs of at most two"
                + " rows, tries the login of a user who does not exist, and deletes its Contacts"
                + " and their journeys at the end. It touches no other record. To let it, add"
                + " -Daou.test.salesforce.confirm="
                + id);
        return End.NOT_BEGUN;
      }
      return ask(org, verdicts);
    }
  }

  private End ask(AskedOrg org, Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean holds = true;
    for (Rule rule : Kit.rules()) {
      String verdict = verdict(rule, org);
      holds &= !verdict.startsWith("differs");
      lines.add(rule.number() + " " + verdict + ": " + rule.question());
    }
    Kit.notAsked().forEach((number, why) -> lines.add(number + " not asked: it " + why));
    lines.sort((a, b) -> Integer.compare(number(a), number(b)));
    Files.write(file, lines);
    lines.stream().filter(line -> line.contains(" differs")).forEach(out::println);
    return holds ? End.ALL_HOLD : End.SOME_DIFFER;
  }

  private static int number(String line) {
    return Integer.parseInt(line.substring(0, line.indexOf(' ')));
  }

  /** What an org says might quote a record, so a difference names the line that found it only. */
  private static String verdict(Rule rule, AskedOrg org) {
    try {
      rule.probe().ask(org);
      return "holds";
    } catch (NotAsked e) {
      return "not asked, as " + e.getMessage();
    } catch (AssertionError | RuntimeException e) {
      for (StackTraceElement at : e.getStackTrace()) {
        if (at.getClassName().endsWith("Rules")) {
          return "differs (" + at.getFileName() + ":" + at.getLineNumber() + ")";
        }
      }
      return "differs (" + e.getClass().getSimpleName() + ")";
    }
  }

  private String setting(String name) {
    return settings.getOrDefault(name, "");
  }

  /** Logs in as the settings say. */
  AskedOrg.Login login() {
    String type = setting("auth.type");
    Map<String, String> form = new TreeMap<>();
    form.put("client_id", setting("auth.client-id"));
    form.put("client_secret", setting("auth.client-secret"));
    switch (type) {
      case "session" -> {
        return new AskedOrg.Login(setting("auth.instance-url"), setting("auth.access-token"));
      }
      case "client-credentials" -> form.put("grant_type", "client_credentials");
      case "oauth-password" -> {
        form.put("grant_type", "password");
        form.put("username", setting("auth.username"));
        form.put("password", setting("auth.password") + setting("auth.security-token"));
      }
      default ->
          throw new IllegalArgumentException(
              "auth.type is session, client-credentials or oauth-password");
    }
    StringBuilder body = new StringBuilder();
    form.forEach((k, v) -> body.append(k).append('=').append(AskedOrg.encode(v)).append('&'));
    AskedOrg nobody = new AskedOrg(new AskedOrg.Login(setting("login-url"), ""));
    HttpResponse<String> answer =
        nobody.send(
            nobody
                .open("/services/oauth2/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body.toString())));
    if (answer.statusCode() != 200) {
      throw new IllegalArgumentException(
          "the login is refused: " + AskedOrg.json(answer).path("error").asText());
    }
    JsonNode session = AskedOrg.json(answer);
    return new AskedOrg.Login(
        session.path("instance_url").asText(), session.path("access_token").asText());
  }
}
