package edu.cumc.aou.db.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** Refuses every statement on its table, as a server with a full disk does. */
public final class FailingTrigger implements Trigger {

  @Override
  public void fire(Connection connection, @Nullable Object[] oldRow, @Nullable Object[] newRow)
      throws SQLException {
    throw new SQLException("refused by the test", "S0002", 1105);
  }
}
