package edu.cumc.aou.db.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of T-SQL, as far as it is understood, in H2's SQL where it is one there too. */
sealed interface TSqlStatement {

  /**
   * What gives rows.
   *
   * @param parameters the names of the parameters, in the order of H2's numbers
   */
  record Rows(String h2, List<String> parameters, List<TSqlQueries.Output> columns)
      implements TSqlStatement {}

  /** What changes rows. */
  record Change(String h2, List<String> parameters, TdsAnswer.Command command)
      implements TSqlStatement {}

  /** What changes tables. */
  record Definition(List<String> h2) implements TSqlStatement {}

  /** What is done, one statement or more, only if the query gives 1. */
  record If(Rows condition, List<TSqlTokens.Token> then, List<TSqlTokens.Token> otherwise)
      implements TSqlStatement {}

  /** A setting of the session. */
  record Setting(String name, String value) implements TSqlStatement {}

  /** COMMIT, ROLLBACK or BEGIN. */
  record Transaction(String verb) implements TSqlStatement {}

  /** A text that is run as a batch. */
  record Dynamic(String sql) implements TSqlStatement {}

  /** The rows that come next go into a table. */
  record Load(TSqlQueries.Table table, List<String> columns) implements TSqlStatement {}

  /**
   * A procedure with its arguments, which are texts or parameters.
   *
   * @param arguments null where an argument is a parameter that is not known yet
   */
  record Procedure(String name, List<@Nullable String> arguments) implements TSqlStatement {}

  /** A variable gets the one value of a query; it may have been declared by the same statement. */
  record Variable(String name, Rows value) implements TSqlStatement {}
}
