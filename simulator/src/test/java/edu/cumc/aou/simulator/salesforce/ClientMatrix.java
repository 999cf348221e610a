package edu.cumc.aou.simulator.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.simulator.salesforce.http.Exchange;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Notes what a client was answered while all tests of its class passed, and holds the client's
 * column of the manual's matrix to it; {@code -Daou.docs.write=true} writes the column instead.
 */
final class ClientMatrix implements AfterAllCallback, TestWatcher {
  private static final Path PAGE = Path.of("../docs/simulator.md");
  private static final String FIRST = "| Operation |";
  private static final String YES = "yes";

  /** What the tests themselves send. */
  private static final String OUR_AGENT = "Java-http-client";

  private final String client;
  private final boolean recorded;
  private final Set<Operation> answered = EnumSet.noneOf(Operation.class);
  private int passed;

  /** What a client asks for, as one row of the matrix. */
  enum Operation {
    SOAP_LOGIN("login by password, SOAP", "POST /services/Soap/[uc]/\\{version}"),
    OAUTH_PASSWORD("login by password, OAuth", "POST /services/oauth2/token", "password"),
    CLIENT_CREDENTIALS(
        "login by client credentials", "POST /services/oauth2/token", "client_credentials"),
    JWT("login by JWT", "POST /services/oauth2/token", "jwt-bearer"),
    IDENTITY("who am I", "(GET|POST) (/services/oauth2/userinfo|/id/.+)"),
    LOGOUT("logout", "(GET|POST) (/services/oauth2/revoke|/services/Soap/./\\{version}/\\{org})"),
    VERSIONS("versions and resources", "GET (/services/data|D)"),
    LIMITS("limits", "GET D/limits"),
    DESCRIBE("describe", "GET D/sobjects(/\\{object}(/describe)?)?"),
    CREATE("create a record", "POST D/sobjects/\\{object}"),
    READ("read a record", "GET D/sobjects/\\{object}/\\{(id|field)}(/\\{value})?"),
    UPDATE("update a record", "PATCH D/sobjects/\\{object}/\\{id}"),
    UPSERT("upsert a record", "PATCH D/sobjects/\\{object}/\\{field}/\\{value}"),
    DELETE("delete a record", "DELETE D/sobjects/.+"),
    FEEDS("change feeds", "GET D/sobjects/\\{object}/(updated|deleted)"),
    COLLECTIONS("Collections", "[A-Z]+ D/composite/sobjects.*"),
    COMPOSITE("composite and batch", "POST D/composite(/batch)?"),
    TREE("trees of records", "POST D/composite/tree/.+"),
    QUERY("query", "GET D/query"),
    PAGES("further pages of a query", "GET D/query(All)?/\\{locator}"),
    QUERY_ALL("query of deleted records too", "GET D/queryAll"),
    BULK("Bulk 2.0: load", "PUT D/jobs/ingest/\\{id}/batches"),
    BULK_RESULTS("Bulk 2.0: results of a load", "GET D/jobs/ingest/\\{id}/[a-z]+(R|r).+"),
    BULK_ABORT("Bulk 2.0: list and delete jobs", "(GET D/jobs/ingest|DELETE D/jobs/.+)"),
    BULK_QUERY("Bulk 2.0: query", "GET D/jobs/query/\\{id}/results");

    private final String label;
    private final String kind;
    private final String grant;

    Operation(String label, String kind) {
      this(label, kind, "");
    }

    Operation(String label, String kind, String grant) {
      this.label = label;
      this.kind =
          kind.replace(" D", " /services/data/\\{version}")
              .replace("|D)", "|/services/data/\\{version})");
      this.grant = grant;
    }

    private boolean is(LoggedRequest request) {
      return request.status() < 300
          && (request.method() + " " + request.path()).matches(kind)
          && (grant.isEmpty()
              || request
                  .exchange()
                  .map(Exchange::body)
                  .orElse("")
                  .matches("(?s).*grant_type=[^&]*" + grant + "(&.*)?"));
    }
  }

  private ClientMatrix(String client, boolean recorded) {
    this.client = client;
    this.recorded = recorded;
  }

  static ClientMatrix of(String client) {
    return new ClientMatrix(client, false);
  }

  /** For a client that the tests replace: they send its recorded requests. */
  static ClientMatrix ofRecorded(String client) {
    return new ClientMatrix(client, true);
  }

  /** Lets it see what the simulator is asked. */
  SalesforceSimulatorBuilder watch(SalesforceSimulatorBuilder builder) {
    return builder.showValues(true).onRequest(this::note);
  }

  SalesforceSimulatorBuilder simulator() {
    return watch(SalesforceSimulator.builder());
  }

  private synchronized void note(LoggedRequest request) {
    String agent =
        request.exchange().map(sent -> sent.headers().getOrDefault("user-agent", "")).orElse("");
    if (agent.startsWith(OUR_AGENT) && !recorded) {
      return;
    }
    for (Operation operation : Operation.values()) {
      if (operation.is(request)) {
        answered.add(operation);
      }
    }
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    passed++;
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    long all =
        Stream.of(context.getRequiredTestClass().getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .count();
    if (passed < all) {
      // skipped, failed, or only some of them were run
      return;
    }
    String page = Files.readString(PAGE);
    String column = column(page);
    if (Boolean.getBoolean("aou.docs.write")) {
      Files.writeString(PAGE, page.replace(table(page), column));
    } else {
      assertThat(table(page))
          .as("the column of %s in docs/simulator.md; -Daou.docs.write=true writes it", client)
          .isEqualTo(column);
    }
  }

  static String table(String page) {
    int start = page.indexOf(FIRST);
    return page.substring(start, page.indexOf("\n\n", start));
  }

  /** The table with what this client was answered. */
  private String column(String page) {
    List<String> header = cells(table(page).lines().findFirst().orElseThrow());
    int column = header.indexOf(client);
    assertThat(column).as("column of " + client).isPositive();
    List<String> lines = new ArrayList<>();
    List<String> present = table(page).lines().toList();
    lines.add(present.get(0));
    lines.add("| --- ".repeat(header.size()) + "|");
    for (Operation operation : Operation.values()) {
      List<String> cells =
          present.stream()
              .map(ClientMatrix::cells)
              .filter(row -> row.get(0).equals(operation.label))
              .findFirst()
              .orElseGet(() -> new ArrayList<>(List.of(operation.label)));
      while (cells.size() < header.size()) {
        cells.add("");
      }
      cells.set(column, answered.contains(operation) ? YES : "");
      lines.add(
          "|"
              + String.join(
                  "",
                  cells.stream().map(cell -> cell.isEmpty() ? " |" : " " + cell + " |").toList()));
    }
    return String.join("\n", lines);
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.substring(1, line.lastIndexOf('|')).split("\\|", -1)) {
      cells.add(cell.strip());
    }
    return cells;
  }
}
