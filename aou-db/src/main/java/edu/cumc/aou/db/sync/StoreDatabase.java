package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.internal.Dialect;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The store's database, with the name of its schema put into every statement. */
final class StoreDatabase implements AutoCloseable {

  private final Database database;
  private final String schema;
  private final Translation translation = new Translation("store");

  StoreDatabase(Database database, String schema) {
    this.database = database;
    this.schema = schema;
  }

  Database database() {
    return database;
  }

  Dialect dialect() {
    return database.dialect();
  }

  String schema() {
    return schema;
  }

  /** Puts the quoted schema where the statement says {@code $.}. */
  String sql(String statement) {
    return statement.replace("$.", dialect().quote(schema) + ".");
  }

  <T> T read(String operation, Function<Handle, T> work) {
    return translation.call(() -> database.read(operation, work));
  }

  <T> T write(String operation, Function<Handle, T> work) {
    return translation.call(() -> database.write(operation, work));
  }

  void run(String operation, Consumer<Handle> work) {
    boolean unused =
        write(
            operation,
            handle -> {
              work.accept(handle);
              return true;
            });
  }

  Translation translation() {
    return translation;
  }

  @Override
  public void close() {
    database.close();
  }
}
