package edu.cumc.aou.db.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** Refuses every statement on the table it was put on, as a server does whose disk is full. */
public final class FailingTrigger implements Trigger {

  @Override
  public void fire(Connection connection, @Nullable Object[] oldRow, @Nullable Object[] newRow)
      throws SQLException {
    throw new SQLException("refused by the test", "S0002", 1105);
  }
}
