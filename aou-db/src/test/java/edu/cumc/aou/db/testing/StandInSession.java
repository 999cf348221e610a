package edu.cumc.aou.db.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session of the stand-in: takes T-SQL, and has H2 do it. */
final class StandInSession implements TdsSession {

  private static final int MOST_PARAMETERS = 2100;

  private final SqlServerStandIn standIn;
  private final Connection h2;
  private final StandInTransaction transaction;
  private final Map<Integer, Prepared> prepared = new HashMap<>();
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private int handles;
  private boolean onlyColumns;
  private TSqlStatement.@Nullable Load announced;
  private volatile @Nullable Statement running;
  private volatile boolean cancelled;

  /** A statement with the types of its parameters. */
  record Prepared(String sql, Map<String, TSqlType> declared) {}

  StandInSession(SqlServerStandIn standIn) {
    this.standIn = standIn;
    try {
      this.h2 = standIn.connection();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    this.transaction = new StandInTransaction(h2, standIn.isCompatible());
  }

  @Override
  public void batch(String sql, TdsAnswer answer) {
    cancelled = false;
    attempt(new Prepared(sql, Map.of()), new HashMap<>(), answer, false);
  }

  @Override
  public void calls(List<TdsCall> calls, TdsAnswer answer) {
    cancelled = false;
    for (TdsCall call : calls) {
      if (!call(call, answer)) {
        // what ended the transaction ends the whole request
        return;
      }
    }
  }

  /** False when nothing more may be done of the message. */
  private boolean call(TdsCall call, TdsAnswer answer) {
    List<TdsCall.Parameter> given = call.parameters();
    switch (call.procedure().toLowerCase(Locale.ROOT)) {
      case "sp_executesql" -> {
        String declared = given.size() > 1 ? String.valueOf(given.get(1).value()) : "";
        Prepared statement = new Prepared(String.valueOf(given.get(0).value()), types(declared));
        return run(statement, given.subList(Math.min(2, given.size()), given.size()), answer);
      }
      case "sp_prepexec" -> {
        int handle = prepare(given);
        boolean done = run(prepared.get(handle), given.subList(3, given.size()), answer, handle);
        return done;
      }
      case "sp_prepare" -> {
        answer.doneCall(prepare(given));
      }
      case "sp_execute" -> {
        Prepared statement = prepared.get(((Number) given.get(0).value()).intValue());
        if (statement == null) {
          refuse(new TSqlRefusal(8179, "Could not find prepared statement."), "", answer, true);
          return true;
        }
        return run(statement, given.subList(1, given.size()), answer);
      }
      case "sp_unprepare" -> {
        prepared.remove(((Number) given.get(0).value()).intValue());
        answer.doneCall();
      }
      case "sp_getapplock", "sp_releaseapplock" -> answer.doneCall();
      default -> {
        String name = call.procedure();
        refuse(new TSqlRefusal(2812, "No procedure '" + name + "'."), name, answer, true);
      }
    }
    return true;
  }

  private int prepare(List<TdsCall.Parameter> given) {
    Object declared = given.get(1).value();
    prepared.put(
        ++handles,
        new Prepared(
            String.valueOf(given.get(2).value()),
            types(declared == null ? "" : declared.toString())));
    return handles;
  }

  /** The declarations of parameters, in their order. */
  private static Map<String, TSqlType> types(String declarations) {
    Map<String, TSqlType> types = new LinkedHashMap<>();
    TSqlReader in = new TSqlReader(TSqlTokens.of(declarations));
    while (!in.atEnd()) {
      String name = in.take().text().toLowerCase(Locale.ROOT);
      types.put(name, in.type());
      boolean unused = in.takes("OUT") || in.takes("OUTPUT");
      unused = in.takes(",");
    }
    return types;
  }

  private boolean run(Prepared statement, List<TdsCall.Parameter> given, TdsAnswer answer) {
    return run(statement, given, answer, 0);
  }

  private boolean run(
      Prepared statement, List<TdsCall.Parameter> given, TdsAnswer answer, int handle) {
    if (given.size() > MOST_PARAMETERS) {
      refuse(new TSqlRefusal(8003, "Too many parameters."), statement.sql, answer, true);
      return true;
    }
    Map<String, @Nullable Object> values = new HashMap<>();
    List<String> names = List.copyOf(statement.declared.keySet());
    for (int i = 0; i < given.size() && i < names.size(); i++) {
      values.put(names.get(i), given.get(i).value());
    }
    if (!attempt(statement, values, answer, true)) {
      return transaction.depth() > 0 || !lost;
    }
    answer.doneCall(handle);
    return true;
  }

  /** Whether the last failure took the transaction with it. */
  private boolean lost;

  private boolean attempt(
      Prepared statement, Map<String, @Nullable Object> values, TdsAnswer answer, boolean call) {
    lost = false;
    SqlServerStandIn.say("> " + statement.sql + " " + statement.declared);
    try {
      Work work = new Work(new HashMap<>(statement.declared), values, answer, call);
      TSqlStatement known = standIn.catalog().known(statement);
      if (known != null) {
        execute(work, known);
      } else {
        List<TSqlTokens.Token> tokens = TSqlTokens.of(statement.sql);
        TSqlStatements.check(tokens, statement.declared, SqlServerStandIn.DATABASE);
        standIn.catalog().keep(statement, run(work, tokens));
      }
      return true;
    } catch (SQLException e) {
      refuse(StandInErrors.of(e), statement.sql, answer, call);
    } catch (TSqlRefusal e) {
      refuse(e, statement.sql, answer, call);
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
      refuse(new TSqlRefusal(StandInErrors.NOT_HERE, e.toString()), statement.sql, answer, call);
    }
    return false;
  }

  private void refuse(TSqlRefusal refusal, String sql, TdsAnswer answer, boolean call) {
    if (refusal.number() == StandInErrors.CANCELLED) {
      answer.done(TdsAnswer.Command.NONE, -1);
      return;
    }
    TSqlRefusal said = standIn.isCompatible() ? StandInErrors.compatible(refusal) : refusal;
    standIn.refused(said.number(), String.valueOf(refusal.getMessage()), sql);
    if (refusal.number() == StandInErrors.DEADLOCK) {
      lost = true;
      try {
        transaction.lose(answer);
      } catch (SQLException e) {
        standIn.refused(StandInErrors.NOT_HERE, String.valueOf(e.getMessage()), sql);
      }
    }
    answer.failed(said.number(), "refused for key P012345678: " + said.getMessage(), call);
  }

  /** What is to be done with one text. */
  private record Work(
      Map<String, TSqlType> declared,
      Map<String, @Nullable Object> values,
      TdsAnswer answer,
      boolean call) {

    void done(TdsAnswer.Command command, long rows) {
      if (call) {
        answer.doneInCall(command, rows);
      } else {
        answer.done(command, rows);
      }
    }
  }

  /** Gives what was done. */
  private List<TSqlStatement> run(Work work, List<TSqlTokens.Token> tokens) throws SQLException {
    TSqlStatements statements =
        new TSqlStatements(
            new TSqlReader(tokens), work.declared, SqlServerStandIn.DATABASE, this::columns);
    List<TSqlStatement> all = new ArrayList<>();
    for (TSqlStatement next = statements.next(); next != null; next = statements.next()) {
      execute(work, next);
      all.add(next);
    }
    return all;
  }

  private List<TSqlScope.Column> columns(@Nullable String database, String schema, String table) {
    try {
      List<TSqlScope.Column> columns = standIn.catalog().columns(h2, schema, table);
      boolean here = database == null || database.equalsIgnoreCase(SqlServerStandIn.DATABASE);
      if (columns.isEmpty() || !here) {
        throw new TSqlRefusal(TSqlRefusal.MISSING_TABLE, "Invalid object name '" + table + "'.");
      }
      return columns;
    } catch (SQLException e) {
      throw StandInErrors.of(e);
    }
  }

  private void execute(Work work, TSqlStatement statement) throws SQLException {
    if (statement instanceof TSqlStatement.Rows rows) {
      query(work, rows);
    } else if (statement instanceof TSqlStatement.Change change) {
      transaction.touch(work.answer);
      try {
        work.done(change.command(), bound(work, change.h2(), change.parameters()).executeUpdate());
      } finally {
        running = null;
      }
    } else if (statement instanceof TSqlStatement.Definition definition) {
      transaction.touch(work.answer);
      define(definition.h2());
      work.done(TdsAnswer.Command.CREATE_TABLE, -1);
    } else if (statement instanceof TSqlStatement.If decision) {
      boolean holds = Integer.valueOf(1).equals(only(work, decision.condition()));
      List<TSqlTokens.Token> body = holds ? decision.then() : decision.otherwise();
      if (body.isEmpty()) {
        work.done(TdsAnswer.Command.NONE, -1);
      }
      List<TSqlStatement> unused = run(work, body);
    } else if (statement instanceof TSqlStatement.Variable variable) {
      work.values.put(variable.name(), only(work, variable.value()));
    } else if (statement instanceof TSqlStatement.Dynamic dynamic) {
      List<TSqlTokens.Token> tokens = TSqlTokens.of(dynamic.sql());
      TSqlStatements.check(tokens, Map.of(), SqlServerStandIn.DATABASE);
      boolean before = onlyColumns;
      List<TSqlStatement> unused =
          run(new Work(new HashMap<>(), new HashMap<>(), work.answer, work.call), tokens);
      // what is set within such a text ends with it
      onlyColumns = before;
    } else if (statement instanceof TSqlStatement.Load load) {
      announced = load;
      work.done(TdsAnswer.Command.NONE, -1);
    } else if (statement instanceof TSqlStatement.Procedure procedure) {
      execute(procedure);
      work.done(TdsAnswer.Command.NONE, -1);
    } else if (statement instanceof TSqlStatement.Transaction end) {
      execute(end, work.answer);
      work.done(TdsAnswer.Command.NONE, -1);
    } else if (statement instanceof TSqlStatement.Setting setting) {
      set(setting);
      work.done(TdsAnswer.Command.NONE, -1);
    }
  }

  private void define(List<String> statements) throws SQLException {
    for (String sql : statements) {
      try (Statement statement = h2.createStatement()) {
        SqlServerStandIn.say("= " + sql);
        statement.execute(sql);
      } finally {
        standIn.catalog().forget();
      }
    }
  }

  private void query(Work work, TSqlStatement.Rows query) throws SQLException {
    if (query.h2().contains(" FROM ")) {
      transaction.touch(work.answer);
    }
    try (ResultSet rows = bound(work, query.h2(), query.parameters()).executeQuery()) {
      long count =
          new StandInRows(rows, query.columns()).send(work.answer, onlyColumns, () -> cancelled);
      standIn.sent(count);
      work.done(TdsAnswer.Command.SELECT, count);
    } finally {
      running = null;
    }
  }

  private @Nullable Object only(Work work, TSqlStatement.Rows query) throws SQLException {
    try (ResultSet row = bound(work, query.h2(), query.parameters()).executeQuery()) {
      return row.next() ? row.getObject(1) : null;
    } finally {
      running = null;
    }
  }

  private PreparedStatement bound(Work work, String sql, List<String> parameters)
      throws SQLException {
    String text = sql.replace("@trancount", String.valueOf(transaction.depth()));
    SqlServerStandIn.say("= " + text);
    PreparedStatement statement = statements.get(text);
    if (statement == null) {
      statement = h2.prepareStatement(text);
      statements.put(text, statement);
    }
    running = statement;
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, work.values.get(parameters.get(i)));
    }
    // a result is not to gather in memory
    statement.setFetchSize(100);
    return statement;
  }

  private void execute(TSqlStatement.Transaction end, TdsAnswer answer) throws SQLException {
    switch (end.verb()) {
      case "BEGIN" -> transaction.begin(answer);
      case "COMMIT" -> transaction.commit(answer);
      default -> transaction.rollback(answer);
    }
  }

  private void execute(TSqlStatement.Procedure procedure) throws SQLException {
    switch (procedure.name()) {
      case "sp_rename" -> {
        if (standIn.isCompatible() && procedure.arguments().size() < 3) {
          throw new TSqlRefusal(33_557_097, "provided objtype is not currently supported");
        }
        TSqlQueries.TableName old = TSqlDefinitions.parsed(procedure.arguments().get(0));
        String now = TSqlScope.quoted(String.valueOf(procedure.arguments().get(1)));
        define(List.of("ALTER TABLE " + old.h2() + " RENAME TO " + now));
      }
      case "sp_getapplock", "sp_releaseapplock" -> {}
      case "sp_unprepare" ->
          prepared.remove(Integer.parseInt(String.valueOf(procedure.arguments().get(0))));
      default -> throw new TSqlRefusal(2812, "No procedure '" + procedure.name() + "'.");
    }
  }

  private void set(TSqlStatement.Setting setting) throws SQLException {
    switch (setting.name()) {
      case "IMPLICIT_TRANSACTIONS" -> transaction.setImplicit(setting.value().equals("ON"));
      case "FMTONLY" -> onlyColumns = setting.value().equals("ON");
      case "ISOLATION" -> transaction.setIsolation(setting.value());
      case "LOCK_TIMEOUT" -> {
        int millis = Integer.parseInt(setting.value());
        try (Statement statement = h2.createStatement()) {
          statement.execute("SET LOCK_TIMEOUT " + (millis < 0 ? Integer.MAX_VALUE : millis));
        }
      }
      default -> {
        // changes nothing that is looked at here
      }
    }
  }

  @Override
  public void load(byte[] message, TdsAnswer answer) {
    TSqlStatement.Load into = announced;
    announced = null;
    try {
      if (into == null) {
        throw new TSqlRefusal(4002, "The incoming TDS data stream for the load is unexpected.");
      }
      answer.done(TdsAnswer.Command.INSERT, load(into, TdsLoad.of(message), answer));
    } catch (SQLException e) {
      refuse(StandInErrors.of(e), "a load", answer, false);
    } catch (TSqlRefusal e) {
      refuse(e, "a load", answer, false);
    }
  }

  private long load(TSqlStatement.Load into, TdsLoad load, TdsAnswer answer) throws SQLException {
    transaction.touch(answer);
    List<String> names = into.columns().stream().map(TSqlScope::quoted).toList();
    List<String> marks = new ArrayList<>(names);
    marks.replaceAll(name -> "?");
    String sql =
        "INSERT INTO "
            + into.table().h2()
            + " ("
            + String.join(", ", names)
            + ") VALUES ("
            + String.join(", ", marks)
            + ")";
    try (PreparedStatement statement = h2.prepareStatement(sql)) {
      for (List<@Nullable Object> row : load.rows()) {
        for (int i = 0; i < row.size(); i++) {
          Object value = row.get(i);
          // the server drops the offset on the way into a column that has none
          statement.setObject(
              i + 1, value instanceof OffsetDateTime time ? time.toLocalDateTime() : value);
        }
        statement.executeUpdate();
      }
    }
    return load.rows().size();
  }

  @Override
  public void cancel() {
    cancelled = true;
    Statement now = running;
    if (now != null) {
      try {
        now.cancel();
      } catch (SQLException e) {
        // it is over
      }
    }
  }

  @Override
  public void close() {
    try {
      h2.close();
    } catch (SQLException e) {
      // the database is gone
    }
  }
}
