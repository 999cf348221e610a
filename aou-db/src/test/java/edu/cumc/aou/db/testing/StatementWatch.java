package edu.cumc.aou.db.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Sees what goes to a database, and may stop it before any statement, as a kill would. */
public final class StatementWatch implements UnaryOperator<Connection> {

  public static final String COMMIT = "COMMIT";

  private static final Set<String> EXECUTE =
      Set.of("execute", "executeQuery", "executeUpdate", "executeBatch", "executeLargeBatch");

  /** The process is gone: nothing of ours catches this. */
  public static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final List<String> executed = new ArrayList<>();
  private final Map<String, Integer> rowsRead = new TreeMap<>();
  private long killBefore = Long.MAX_VALUE;
  private Consumer<String> before = sql -> {};

  /** All that was executed, a batch once, commits among it. */
  public synchronized List<String> executed() {
    return List.copyOf(executed);
  }

  public synchronized void forget() {
    executed.clear();
    rowsRead.clear();
  }

  /** How often each statement was executed, whatever the length of a list in it. */
  public synchronized Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    executed.forEach(
        sql ->
            counts.merge(
                sql.replaceAll("\\(\\?(,\\?)*\\)", "(list)")
                    // the relations of a test have names of their own
                    .replaceAll("(contacts|journeys)_\\d+_\\d+", "$1"),
                1,
                Integer::sum));
    return counts;
  }

  /** Nothing is executed from the nth statement on, counted from now; the first is 1. */
  public synchronized void killBefore(long nth) {
    killBefore = executed.size() + nth;
  }

  public synchronized void killNoMore() {
    killBefore = Long.MAX_VALUE;
  }

  /** Does something before each statement. */
  public synchronized void before(Consumer<String> action) {
    before = action;
  }

  private synchronized void see(String sql) {
    before.accept(sql);
    if (executed.size() + 1 >= killBefore) {
      throw new Kill();
    }
    executed.add(sql);
  }

  @Override
  public Connection apply(Connection connection) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          if (method.getName().equals("commit")) {
            see(COMMIT);
          }
          Object result = invoke(connection, method, arguments);
          if (result instanceof PreparedStatement prepared) {
            return statement(PreparedStatement.class, prepared, (String) arguments[0]);
          }
          return result instanceof Statement plain ? statement(Statement.class, plain, "") : result;
        });
  }

  private ResultSet counted(ResultSet rows, String[] sql) {
    return proxy(
        ResultSet.class,
        (self, method, arguments) -> {
          Object result = invoke(rows, method, arguments);
          if (method.getName().equals("next") && Boolean.TRUE.equals(result)) {
            read(sql[0]);
          }
          return result;
        });
  }

  private synchronized void read(String sql) {
    rowsRead.merge(sql, 1, Integer::sum);
  }

  /** How many rows each query gave. */
  public synchronized Map<String, Integer> rowsRead() {
    return new TreeMap<>(rowsRead);
  }

  private <T extends Statement> T statement(Class<T> type, T statement, String prepared) {
    String[] last = {prepared};
    return proxy(
        type,
        (self, method, arguments) -> {
          if (EXECUTE.contains(method.getName())) {
            last[0] = arguments == null ? prepared : (String) arguments[0];
            see(last[0]);
          }
          Object result = invoke(statement, method, arguments);
          return result instanceof ResultSet rows ? counted(rows, last) : result;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
