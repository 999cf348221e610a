package edu.cumc.aou.db.testing;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.sync.port.RawRow;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Two tables of raw rows, made for one test and dropped after it. */
public final class RawRelations implements AutoCloseable {

  private final Database database;
  private final boolean h2;
  private final List<String> tables = new ArrayList<>();

  public RawRelations(DatabaseSettings settings) {
    this.database = Database.open(settings);
    this.h2 = settings.isH2();
  }

  public RelationName create(String prefix, List<RawRow.Column> columns, List<RawRow> rows) {
    String table = TestDatabases.freeName(prefix);
    RelationName name = RelationName.tryParse((h2 ? "PUBLIC." : "dbo.") + table).orElseThrow();
    database.write(
        "making a test relation",
        handle -> {
          List<String> definitions =
              columns.stream().map(c -> quote(c.name()) + " " + type(c.type()) + " NULL").toList();
          handle.execute(
              "CREATE TABLE "
                  + database.dialect().quote(name)
                  + " ("
                  + String.join(", ", definitions)
                  + ")");
          return insert(handle, name, columns, rows);
        });
    tables.add(database.dialect().quote(name));
    return name;
  }

  private int insert(
      Handle handle, RelationName name, List<RawRow.Column> columns, List<RawRow> rows) {
    if (rows.isEmpty()) {
      return 0;
    }
    String names = String.join(", ", columns.stream().map(c -> quote(c.name())).toList());
    String marks = String.join(", ", columns.stream().map(c -> "?").toList());
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO "
                + database.dialect().quote(name)
                + " ("
                + names
                + ") VALUES ("
                + marks
                + ")");
    for (RawRow row : rows) {
      batch.bind(0, row.key());
      for (int i = 1; i < columns.size(); i++) {
        // SQL Server takes no NULL of another type for a date
        batch.bindBySqlType(
            i, row.values().get(columns.get(i).name()), sqlType(columns.get(i).type()));
      }
      batch.add();
    }
    return batch.execute().length;
  }

  private String quote(String column) {
    return database.dialect().quote(column);
  }

  private static String type(RawRow.Type type) {
    return switch (type) {
      case TEXT -> "NVARCHAR(200)";
      case DATE -> "DATE";
      case DATETIME -> "DATETIME2";
      case BOOLEAN -> "BIT";
      case INTEGER -> "INT";
      case DECIMAL -> "DECIMAL(10, 2)";
    };
  }

  private static int sqlType(RawRow.Type type) {
    return switch (type) {
      case TEXT -> Types.NVARCHAR;
      case DATE -> Types.DATE;
      case DATETIME -> Types.TIMESTAMP;
      case BOOLEAN -> Types.BIT;
      case INTEGER -> Types.INTEGER;
      case DECIMAL -> Types.DECIMAL;
    };
  }

  @Override
  public void close() {
    for (String table : tables) {
      int unused =
          database.write(
              "dropping a test relation", handle -> handle.execute("DROP TABLE " + table));
    }
    database.close();
  }
}
