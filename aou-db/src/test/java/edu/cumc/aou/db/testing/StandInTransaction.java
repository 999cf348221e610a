package edu.cumc.aou.db.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** The transaction of a session, which may begin with the first statement that needs one. */
final class StandInTransaction {

  /** H2's own level, which JDBC does not have. */
  private static final int SNAPSHOT = 6;

  private static final AtomicLong NUMBERS = new AtomicLong();

  private final Connection h2;
  private final boolean compatible;
  private boolean implicit;
  private int depth;
  private long number;

  StandInTransaction(Connection h2, boolean compatible) {
    this.h2 = h2;
    this.compatible = compatible;
  }

  int depth() {
    return depth;
  }

  void setImplicit(boolean on) throws SQLException {
    implicit = on;
    settle();
  }

  /** A statement that needs a transaction is about to run. */
  void touch(TdsAnswer answer) throws SQLException {
    if (implicit && depth == 0) {
      begin(answer);
    }
  }

  void begin(TdsAnswer answer) throws SQLException {
    if (depth++ == 0) {
      number = NUMBERS.incrementAndGet();
      answer.begun(number);
      settle();
    }
  }

  void commit(TdsAnswer answer) throws SQLException {
    if (depth == 0) {
      throw new TSqlRefusal(3902, "The COMMIT TRANSACTION request has no BEGIN TRANSACTION.");
    }
    if (--depth == 0) {
      h2.commit();
      answer.ended(number, true);
      settle();
    }
  }

  void rollback(TdsAnswer answer) throws SQLException {
    if (depth == 0) {
      throw new TSqlRefusal(3903, "The ROLLBACK TRANSACTION request has no BEGIN TRANSACTION.");
    }
    lose(answer);
  }

  /** The server has taken all back. */
  void lose(TdsAnswer answer) throws SQLException {
    if (depth > 0) {
      depth = 0;
      h2.rollback();
      answer.ended(number, false);
      settle();
    }
  }

  private void settle() throws SQLException {
    if (h2.getAutoCommit() != (depth == 0)) {
      h2.setAutoCommit(depth == 0);
    }
  }

  void setIsolation(String level) throws SQLException {
    if (compatible && !level.equals("READ COMMITTED")) {
      throw new TSqlRefusal(33_557_097, "isolation level is not supported");
    }
    h2.setTransactionIsolation(
        switch (level) {
          case "READ UNCOMMITTED" -> Connection.TRANSACTION_READ_UNCOMMITTED;
          case "READ COMMITTED" -> Connection.TRANSACTION_READ_COMMITTED;
          case "REPEATABLE READ" -> Connection.TRANSACTION_REPEATABLE_READ;
          case "SERIALIZABLE" -> Connection.TRANSACTION_SERIALIZABLE;
          case "SNAPSHOT" -> SNAPSHOT;
          default -> throw new TSqlRefusal(TSqlRefusal.SYNTAX, "Incorrect syntax.");
        });
  }
}
