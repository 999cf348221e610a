package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.testing.TestDatabases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the DBA is told about the tables, against the tables. */
class DatabasePageTest {

  /** The tables of a store that was just made, with their columns. */
  private static Map<String, Set<String>> tables() {
    DatabaseSettings settings = TestDatabases.h2();
    try (Database beside = Database.open(settings);
        SqlSyncStore store = SqlSyncStore.open(settings, "dbo")) {
      store.installer().install(false);
      Map<String, Set<String>> tables = new TreeMap<>();
      beside
          .read(
              "listing the columns",
              handle ->
                  handle
                      .createQuery(
                          "SELECT TABLE_NAME, COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = 'dbo'")
                      .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                      .list())
          .forEach(
              column ->
                  tables
                      .computeIfAbsent(column.getKey(), t -> new TreeSet<>())
                      .add(column.getValue()));
      return tables;
    }
  }

  private static Map<String, Set<String>> explained() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("CHANGELOG.md"))) {
      root = root.getParent();
    }
    Map<String, Set<String>> tables = new TreeMap<>();
    Set<String> columns = new TreeSet<>();
    for (String line : Files.readAllLines(root.resolve("docs/database.md"))) {
      if (line.startsWith("### ")) {
        columns = tables.computeIfAbsent(line.substring(4), t -> new TreeSet<>());
      } else if (line.startsWith("| `")) {
        columns.add(line.substring(3, line.indexOf('`', 3)));
      }
    }
    return tables;
  }

  private static String script(String name) throws IOException {
    try (var stream = DatabasePageTest.class.getResourceAsStream("/edu/cumc/aou/db/dba/" + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void everyTableAndColumn_isExplained_andNoOther() throws IOException {
    assertThat(explained()).isEqualTo(tables());
  }

  /** A login that may change or remove rows could rewrite what it did. */
  @Test
  void grants_letTheTrailOnlyGrow_andShowReviewersNoPeople() throws IOException {
    assertThat(granted("sync_audit", "store login")).containsExactly("INSERT", "SELECT");
    assertThat(granted("sync_audit_leaf", "store login")).doesNotContain("DELETE");
    assertThat(granted("sync_audit", "reviewers")).containsExactly("SELECT");
    assertThat(granted("sync_audit_leaf", "reviewers")).isEmpty();
    assertThat(granted("sync_audit", "analysts")).isEmpty();
  }

  private static Set<String> granted(String table, String login) throws IOException {
    return Pattern.compile("GRANT ([A-Z, ]+) ON \\[dbo]\\.\\[" + table + "] TO \\[<" + login + ">]")
        .matcher(script("grants.sql"))
        .results()
        .flatMap(r -> Pattern.compile(", ").splitAsStream(r.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void grants_nameEveryTable_andNoOther() throws IOException {
    Matcher grant =
        Pattern.compile("ON \\[dbo]\\.\\[(\\w+)] TO \\[<store login>]")
            .matcher(script("grants.sql"));
    Set<String> granted =
        grant.results().map(r -> r.group(1)).collect(Collectors.toCollection(TreeSet::new));
    assertThat(granted).isEqualTo(tables().keySet());
  }

  @Test
  void plansForTheDba_areOfTablesThatExist() throws IOException {
    Matcher name = Pattern.compile("\\[dbo]\\.(\\w+)").matcher(script("showplan.sql"));
    Set<String> named =
        name.results().map(r -> r.group(1)).collect(Collectors.toCollection(TreeSet::new));
    assertThat(named).isNotEmpty().isSubsetOf(tables().keySet());
  }
}
