package edu.cumc.aou.db.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our SQL keeps to what a server that is only compatible with SQL Server has too. */
class PlainSqlTest {

  private static final Pattern COMMENT = Pattern.compile("(?m)--.*$|//.*$|(?s)/\\*.*?\\*/");

  private static List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (String root : List.of("src/main/java", "src/main/resources")) {
      try (Stream<Path> all = Files.walk(Path.of(root))) {
        all.filter(file -> file.toString().matches(".*\\.(java|sql)")).forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  private static String text(Path file) {
    try {
      return COMMENT.matcher(Files.readString(file)).replaceAll(" ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void files_areTheStatementsAndTheMigrations() {
    assertThat(files())
        .hasSizeGreaterThan(40)
        .anyMatch(file -> file.endsWith("V1__tables_of_the_sync.sql"))
        .anyMatch(file -> file.endsWith("SqlServerDialect.java"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "a MERGE is not there, and on SQL Server not safe without HOLDLOCK => \\bMERGE\\s+(INTO|TOP|\\[)",
        "a temporary table of all sessions is not there => ##\\w",
        "a temporary table lives in the session of one pooled connection => \\bINTO\\s+#|TABLE\\s+#",
        "a view cannot be altered => \\bALTER\\s+VIEW",
        "reads of what is not committed => NOLOCK|READ\\s*UNCOMMITTED",
        "names come in lower case there => \\bsys\\.(tables|objects|columns)\\b",
        "isolation levels that are not there => ISOLATION\\s+LEVEL\\s+(SERIALIZABLE|REPEATABLE)",
        "a clustered or filtered index is not there => \\bCLUSTERED\\b|CREATE\\s+INDEX[^;]*\\bWHERE\\b",
        "a change of a table's type of column in place => ALTER\\s+COLUMN",
        "a plan is the server's business => \\bOPTION\\s*\\(|FORCESEEK|\\bINDEX\\s*=",
      })
  void sql_isPlain(String why, String unwanted) {
    Pattern pattern = Pattern.compile(unwanted.strip(), Pattern.CASE_INSENSITIVE);
    List<String> found =
        files().stream()
            // what the DBA runs by hand, on the server that is there
            .filter(file -> !file.toString().replace('\\', '/').contains("/dba/"))
            // what is said to H2 alone
            .filter(file -> !file.endsWith("H2Dialect.java"))
            .filter(file -> pattern.matcher(text(file)).find())
            .map(file -> file.getFileName().toString().toLowerCase(Locale.ROOT))
            .toList();
    assertThat(found).as(why).isEmpty();
  }
}
