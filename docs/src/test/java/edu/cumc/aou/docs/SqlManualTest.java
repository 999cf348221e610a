package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlManualTest {

  private static final String PAGE = "docs/sql.md";
  private static final Pattern QUESTION =
      Pattern.compile("(?s)```sql\\n(.*?)```\\n\\n```text\\n(.*?)```");

  /** What H2 takes and SQL Server does not, or means otherwise. */
  private static final Pattern NOT_TRANSACT_SQL =
      Pattern.compile(
          "(?i)\\b(LIMIT|ILIKE|INTERVAL|BOOLEAN|TRUE|FALSE|NULLS|CURRENT_DATE|CHAR_LENGTH|LENGTH|"
              + "SUBSTR|FILTER|USING|GROUP_CONCAT|LISTAGG|QUALIFY|VARCHAR|TEXT)\\b|\\|\\||`|::|\"");

  @TempDir Path directory;

  /** Days on which all happens that the page asks for. */
  private static void live(Site site) {
    site.happens("refuses P005084577");
    site.happens("day 2");
    site.run("aou-sync sync");
    site.run("aou-sync sync");
    site.happens("deleted P000468039");
    site.happens("doubled P000963292");
    site.happens("day 3");
    site.run("aou-sync sync");
    site.happens("half-loaded");
    site.run("aou-sync sync");
    site.happens("day 4");
    site.run("aou-sync sync");
  }

  @Test
  void everyQuestion_hasTheAnswerOfThePage() throws SQLException {
    List<String> wrong = new ArrayList<>();
    int questions = 0;
    try (Site site = new Site(directory, "journeys-missing share=0.02 seed=7")) {
      live(site);
      try (Connection connection = DriverManager.getConnection(site.url(), "sa", "")) {
        Matcher matcher = QUESTION.matcher(Manual.read(PAGE));
        while (matcher.find()) {
          questions++;
          String answer = answer(connection, matcher.group(1));
          List<String> shown = matcher.group(2).lines().toList();
          if (!new Transcript.Step(matcher.group(1), shown).prints(answer)) {
            wrong.add(matcher.group(1) + "-- answers\n" + answer);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(questions).isEqualTo(Manual.blocks(PAGE, "sql").size()).isGreaterThan(18);
  }

  @Test
  void everyQuestion_isTransactSqlThatOnlyReads() {
    assertThat(Manual.blocks(PAGE, "sql"))
        .allSatisfy(
            sql -> {
              String code = sql.replaceAll("N'[^']*'", "N''");
              assertThat(NOT_TRANSACT_SQL.matcher(code).find()).as(sql).isFalse();
              assertThat(code).as("a text without N passes the indexes by").doesNotContain(" '");
              assertThat(code).startsWith("SELECT ").endsWith(";\n").containsOnlyOnce(";");
            });
  }

  /**
   * Names of columns, then rows. H2 compares all texts alike, and has no collation in expressions.
   */
  private static String answer(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                sql.replace(";", "").replace(" COLLATE Latin1_General_BIN2", ""))) {
      ResultSetMetaData columns = rows.getMetaData();
      StringJoiner lines = new StringJoiner("\n", "", "\n");
      StringJoiner head = new StringJoiner(" | ");
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        head.add(columns.getColumnLabel(i));
      }
      lines.add(head.toString());
      while (rows.next()) {
        StringJoiner line = new StringJoiner(" | ");
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          String text = rows.getString(i);
          line.add(text == null ? "NULL" : text);
        }
        lines.add(line.toString());
      }
      return lines.toString();
    }
  }
}
