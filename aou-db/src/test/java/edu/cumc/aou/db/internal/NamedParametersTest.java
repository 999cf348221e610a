package edu.cumc.aou.db.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedParametersTest {

  private static ParsedSql parse(String sql) {
    return new NamedParameters().parse(sql, context());
  }

  private static StatementContext context() {
    try (Handle handle = Jdbi.create("jdbc:h2:mem:").open();
        Query query = handle.createQuery("SELECT 1")) {
      return query.getContext();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT 1",
        "SELECT a FROM t WHERE a = :a AND b > :b_2 OR c IN (:c,:c)",
        "UPDATE t SET a=:a,b=:b WHERE k=:k",
        "INSERT INTO t VALUES (?, ?, 'a?', ?)",
        "SELECT 'it''s :no' AS \"x:y\", :yes",
        "SELECT CONVERT(time, '12:30:00') /* :no, ? */ WHERE a = :a",
        "SELECT a -- :no\n FROM t WHERE a = :a",
        "SELECT a -- :no",
        "SELECT a - :a, b-:b, a / :c * 2",
        "SELECT a <> :a AND b < :b AND c >:c",
        ":first AND :last",
        "SELECT N'ü:ö' , :umlaut",
      })
  void statement_isReadAsJdbiReadsIt(String sql) {
    ParsedSql expected = new ColonPrefixSqlParser().parse(sql, context());

    ParsedSql parsed = parse(sql);

    assertThat(parsed.getSql()).isEqualTo(expected.getSql());
    assertThat(parsed.getParameters().getParameterNames())
        .isEqualTo(expected.getParameters().getParameterNames());
    assertThat(parsed.getParameters().isPositional())
        .isEqualTo(expected.getParameters().isPositional());
  }

  @Test
  void nameInBrackets_isNoParameter() {
    ParsedSql parsed = parse("SELECT [a:b], [it's] FROM [x?] WHERE c = :c");

    assertThat(parsed.getSql()).isEqualTo("SELECT [a:b], [it's] FROM [x?] WHERE c = ?");
    assertThat(parsed.getParameters().getParameterNames()).isEqualTo(List.of("c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 'open :a", "SELECT \"open :a", "SELECT [open :a", "/* :a", ":"})
  void quoteThatDoesNotEnd_isLeftToTheDatabase(String sql) {
    assertThat(parse(sql).getSql()).isEqualTo(sql);
  }

  @Test
  void twoColons_areNoParameter() {
    assertThat(parse("SELECT geometry::Parse(:text)").getSql())
        .isEqualTo("SELECT geometry::Parse(?)");
  }

  @Test
  void listsAreBound_whereTheirNamesStand() {
    Jdbi jdbi = Jdbi.create("jdbc:h2:mem:");
    NamedParameters parameters = new NamedParameters();
    jdbi.getConfig(SqlStatements.class).setTemplateEngine(parameters).setSqlParser(parameters);
    try (Handle handle = jdbi.open()) {
      String found =
          handle
              .createQuery(
                  "SELECT CONCAT(:text, '<no>') WHERE 1 IN (<ones>) AND 5 <> :one AND 2 IN (<twos>)")
              .bind("text", "a :b <ones>")
              .bind("one", 1)
              .bindList("ones", List.of(3, 1))
              .bindList("twos", List.of(2))
              .mapTo(String.class)
              .one();

      assertThat(found).isEqualTo("a :b <ones><no>");
    }
  }
}
