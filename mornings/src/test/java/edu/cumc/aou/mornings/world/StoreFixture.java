package edu.cumc.aou.mornings.world;

import edu.cumc.aou.cli.runtime.H2Urls;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.Login;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.source.SourceConfig;
import edu.cumc.aou.db.source.SqlParticipantSource;
import edu.cumc.aou.db.store.SqlSyncStore;
import edu.cumc.aou.mornings.judge.Facts.Row;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables of a site in a database that lives in memory: those of the sync, and both relations of
 * the source. Made and opened once for a process and name, and emptied for each site.
 */
final class StoreFixture {

  /** Statements are kept prepared: the same few hundred are made each morning. */
  private static final String URL = "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=500";

  private static final String CONTACTS = "\"PUBLIC\".\"contacts\"";
  private static final String JOURNEYS = "\"PUBLIC\".\"journeys\"";

  private static final Map<String, StoreFixture> INSTANCES = new HashMap<>();

  private final Connection connection;
  private final ShiftedClock clock = new ShiftedClock(Clock.systemUTC());
  private final SqlSyncStore store;
  private final SqlParticipantSource source;
  private SourceColumnsOf columns;
  private final List<String> tables;

  private StoreFixture(DatabaseSettings database, SourceColumnsOf columns, SyncSettings settings)
      throws SQLException {
    this.columns = columns;
    this.store = SqlSyncStore.open(database, "dbo", clock);
    this.source = source(database, settings);
    store.installer().install(false);
    connection =
        database.login() instanceof Login.Sql login && login.user() != null
            ? DriverManager.getConnection(H2Urls.complete(database.jdbcUrl()), login.user(), "")
            : DriverManager.getConnection(H2Urls.complete(database.jdbcUrl()));
    makeChecksOwn();
    tables = new ArrayList<>();
    for (String name :
        texts(
            "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'dbo' AND TABLE_TYPE = 'BASE TABLE'")) {
      if (!name.equals("sync_schema_history") && !name.equals("sync_lease")) {
        tables.add("\"dbo\".\"" + name + "\"");
      }
    }
    createSource();
  }

  private void createSource() throws SQLException {
    create(CONTACTS, columns.contacts());
    create(JOURNEYS, columns.journeys());
  }

  /** From now on the source has these columns, and no rows. */
  void columns(SourceColumnsOf others) {
    if (others.equals(columns)) {
      return;
    }
    columns = others;
    try {
      execute("DROP TABLE " + CONTACTS);
      execute("DROP TABLE " + JOURNEYS);
      createSource();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** H2 evaluates a check in the session that made it, which ended with the installation. */
  private void makeChecksOwn() throws SQLException {
    for (String check :
        texts(
            "SELECT t.TABLE_NAME, c.CONSTRAINT_NAME, c.CHECK_CLAUSE FROM INFORMATION_SCHEMA.CHECK_CONSTRAINTS c"
                + " JOIN INFORMATION_SCHEMA.TABLE_CONSTRAINTS t ON t.CONSTRAINT_NAME = c.CONSTRAINT_NAME"
                + " AND t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA WHERE c.CONSTRAINT_SCHEMA = 'dbo'")) {
      String[] parts = check.split(" ", 3);
      String table = "ALTER TABLE \"dbo\".\"" + parts[0] + "\" ";
      execute(table + "DROP CONSTRAINT \"" + parts[1] + "\"");
      execute(table + "ADD CONSTRAINT \"" + parts[1] + "\" CHECK (" + parts[2] + ")");
    }
  }

  /** The source's relations, as a run reads them. */
  static SqlParticipantSource source(DatabaseSettings database, SyncSettings settings) {
    return SqlParticipantSource.open(
        new SourceConfig(
            database,
            RelationName.tryParse("PUBLIC.contacts").orElseThrow(),
            RelationName.tryParse("PUBLIC.journeys").orElseThrow(),
            null),
        settings.contact().pmiColumn());
  }

  /** The tables, emptied, in the database of this name with this clock. */
  static synchronized StoreFixture empty(
      String database, SourceColumnsOf columns, SyncSettings settings, Clock clock) {
    try {
      StoreFixture instance = INSTANCES.get(database);
      if (instance == null) {
        instance =
            new StoreFixture(DatabaseSettings.of(URL.formatted(database)), columns, settings);
        INSTANCES.put(database, instance);
      }
      instance.clock.follow(clock);
      instance.clear();
      instance.columns(columns);
      return instance;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The store of an earlier version, upgraded; close it. */
  static StoreFixture upgraded(
      OldSite old, SourceColumnsOf columns, SyncSettings settings, Clock clock) {
    try {
      StoreFixture fixture = new StoreFixture(old.store(), columns, settings);
      fixture.clock.follow(clock);
      return fixture;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets go of what is no longer needed by any site. */
  void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    source.close();
    store.close();
  }

  /** The store of every site, one after the other. */
  SqlSyncStore store() {
    return store;
  }

  SqlParticipantSource source() {
    return source;
  }

  /** The database's own clock. */
  ShiftedClock clock() {
    return clock;
  }

  private void clear() throws SQLException {
    execute("SET REFERENTIAL_INTEGRITY FALSE");
    for (String table : tables) {
      execute("TRUNCATE TABLE " + table + " RESTART IDENTITY");
    }
    execute("SET REFERENTIAL_INTEGRITY TRUE");
    execute(
        "UPDATE \"dbo\".\"sync_lease\" SET state = 'FREE', holder = '', token = 0, valid_until = TIMESTAMP '2000-01-01 00:00:00'");
  }

  private void create(String table, List<RawRow.Column> columns) throws SQLException {
    execute(
        "CREATE TABLE "
            + table
            + columns.stream()
                .map(c -> "\"" + c.name() + "\" " + type(c.type()) + " NULL")
                .collect(Collectors.joining(", ", " (", ")")));
  }

  private static String type(RawRow.Type type) {
    return switch (type) {
      case DATE -> "DATE";
      case DATETIME -> "DATETIME2";
      default -> "NVARCHAR(400)";
    };
  }

  void load(Source load) {
    try {
      load(CONTACTS, columns.contacts(), load.contacts());
      load(JOURNEYS, columns.journeys(), load.journeys());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void load(String table, List<RawRow.Column> columns, List<Row> rows) throws SQLException {
    execute("DELETE FROM " + table);
    String marks = columns.stream().map(c -> "?").collect(Collectors.joining(", "));
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
      for (Row row : rows) {
        insert.setString(1, row.key());
        for (int i = 1; i < columns.size(); i++) {
          insert.setObject(i + 1, row.values().get(columns.get(i).name()));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** The rows of a query, their columns with blanks between them; NULL and its blank left out. */
  Set<String> rows(String sql) {
    return new HashSet<>(texts(sql));
  }

  private List<String> texts(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          String text = result.getString(i);
          if (text != null) {
            row.append(i == 1 ? "" : " ").append(text);
          }
        }
        rows.add(row.toString());
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
