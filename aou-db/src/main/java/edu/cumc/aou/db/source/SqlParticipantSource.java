package edu.cumc.aou.db.source;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.adapter.DatabaseFaults;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.internal.Dialect;
import edu.cumc.aou.db.source.SourceCounter.Counted;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.KeyedRow;
import edu.cumc.aou.sync.port.ParticipantMerge;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.SourceCounts;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The participants in SQL Server or H2: two ordered cursors, merged. Thread-safe; the caller that
 * opens it closes it.
 */
public final class SqlParticipantSource implements ParticipantSource, AutoCloseable {

  private final Database database;
  private final RelationName contacts;
  private final RelationName journeys;
  private final String contactKey;
  private final @Nullable LoadMarker loadMarker;
  private final SourceIsolation isolation;
  private final SourceCounter counter;
  private final DatabaseFaults translation = new DatabaseFaults("source");

  private SqlParticipantSource(
      Database database,
      RelationName contacts,
      RelationName journeys,
      String contactKey,
      @Nullable LoadMarker loadMarker) {
    this.database = database;
    this.contacts = contacts;
    this.journeys = journeys;
    this.contactKey = contactKey;
    this.loadMarker = loadMarker;
    this.counter = new SourceCounter(database);
    this.isolation = new SourceIsolation(database, List.of(contacts, journeys));
  }

  /**
   * Opens the source, which connects at the first use.
   *
   * @param contactKey the column of the contact relation that holds the PMI ID, for counting
   */
  public static SqlParticipantSource open(SourceConfig config, String contactKey) {
    return new DatabaseFaults("source")
        .call(() -> on(Database.open(config.database().asReadOnly()), config, contactKey));
  }

  /** A source on a database that is closed with it. */
  static SqlParticipantSource on(Database database, SourceConfig config, String contactKey) {
    String query = config.loadMarker();
    return new SqlParticipantSource(
        database,
        config.contacts(),
        config.journeys(),
        contactKey,
        query == null ? null : new LoadMarker(database, query));
  }

  @Override
  public SourceColumns columns(SourceRelation relation) {
    SourceFigures figures = figures(relation, "looking at the columns of ");
    return new SourceColumns(relation, call(relation, figures::columns));
  }

  @Override
  public List<ValueCount> values(SourceRelation relation, String column, int most) {
    SourceFigures figures = figures(relation, "counting the values of a column of ");
    return call(relation, () -> figures.values(column, most));
  }

  @Override
  public Map<String, Long> longest(SourceRelation relation, List<String> columns) {
    SourceFigures figures = figures(relation, "measuring the texts of ");
    return columns.isEmpty() ? Map.of() : call(relation, () -> figures.longest(columns));
  }

  @Override
  public Map<String, TimeCount> times(SourceRelation relation, List<String> columns) {
    SourceFigures figures = figures(relation, "counting the times of ");
    return columns.isEmpty() ? Map.of() : call(relation, () -> figures.times(columns));
  }

  @Override
  public Map<String, String> table(String name, String key, String value) {
    return translation.call(() -> new ValueRows(database, name, key, value).read());
  }

  private SourceFigures figures(SourceRelation relation, String operation) {
    String where =
        relation == SourceRelation.CONTACTS
            ? " WHERE " + dialect().quote(contactKey) + " IS NOT NULL"
            : "";
    return new SourceFigures(database, operation + setting(relation), quoted(relation), where);
  }

  @Override
  public SourceCounts counts() {
    return counts(List.of(), List.of());
  }

  @Override
  public SourceCounts counts(SourceQuery query) {
    return counts(
        withKey(query.contactKey(), query.contactColumns()),
        withKey(query.journeyKey(), query.journeyColumns()));
  }

  private List<String> withKey(String key, List<String> columns) {
    return Stream.concat(Stream.of(key), columns.stream())
        .distinct()
        .map(dialect()::quote)
        .toList();
  }

  private SourceCounts counts(List<String> contactColumns, List<String> journeyColumns) {
    String key = dialect().quote(contactKey);
    Counted contactRows =
        count(SourceRelation.CONTACTS, " WHERE " + key + " IS NOT NULL", contactColumns);
    Counted journeyRows = count(SourceRelation.JOURNEYS, "", journeyColumns);
    Optional<String> mark =
        loadMarker == null ? Optional.of("") : translation.call(loadMarker::ask);
    return new SourceCounts(
        contactRows.rows(),
        journeyRows.rows(),
        mark.orElse(""),
        mark.isEmpty(),
        contactRows.checksum() + journeyRows.checksum());
  }

  private Counted count(SourceRelation relation, String where, List<String> columns) {
    String operation = "counting the rows of " + setting(relation);
    return call(
        relation,
        () -> counter.count(new SourceCounter.Query(operation, quoted(relation), where, columns)));
  }

  @Override
  public Cursor<SourceEntry> read(SourceQuery query) {
    return merged(query, null);
  }

  @Override
  public Optional<SourceEntry> find(SourceQuery query, PmiId pmiId) {
    try (Cursor<SourceEntry> entries = merged(query, pmiId)) {
      return entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
    }
  }

  private Cursor<SourceEntry> merged(SourceQuery query, @Nullable PmiId only) {
    Cursor<KeyedRow> contactRows =
        open(SourceRelation.CONTACTS, query.contactKey(), query.contactColumns(), only);
    try {
      Cursor<KeyedRow> journeyRows =
          open(SourceRelation.JOURNEYS, query.journeyKey(), query.journeyColumns(), only);
      return new ParticipantMerge(contactRows, journeyRows, query.statusRule());
    } catch (RuntimeException e) {
      contactRows.close();
      throw e;
    }
  }

  private Cursor<KeyedRow> open(
      SourceRelation relation, String keyColumn, List<String> columns, @Nullable PmiId only) {
    String key = dialect().canonicalKey(dialect().quote(keyColumn));
    StringBuilder sql = new StringBuilder("SELECT ").append(key).append(" AS aou_key");
    columns.forEach(c -> sql.append(", ").append(dialect().quote(c)));
    sql.append(" FROM ").append(quoted(relation));
    List<String> conditions = new ArrayList<>();
    if (relation == SourceRelation.CONTACTS) {
      conditions.add(dialect().quote(keyColumn) + " IS NOT NULL");
    }
    if (only != null) {
      conditions.add(key + " = ?");
    }
    if (!conditions.isEmpty()) {
      sql.append(" WHERE ").append(String.join(" AND ", conditions));
    }
    // By position: repeating the expression would compute it twice.
    sql.append(" ORDER BY 1");
    return call(
        relation,
        () -> {
          SourceRowCursor.Query asked =
              new SourceRowCursor.Query(
                  "reading " + setting(relation),
                  sql.toString(),
                  columns,
                  only == null ? null : only.value());
          try {
            return isolation.open(
                level -> SourceRowCursor.open(database, asked, level, translation));
          } catch (DatabaseException e) {
            if (e.kind() == DatabaseException.Kind.MISSING_COLUMN) {
              throw missingColumns(relation, keyColumn, columns, e);
            }
            throw e;
          }
        });
  }

  /** The driver's text would name only one of them, and quote SQL. */
  private SyncException missingColumns(
      SourceRelation relation, String keyColumn, List<String> columns, DatabaseException cause) {
    SourceColumns there = columns(relation);
    String missing =
        Stream.concat(Stream.of(keyColumn), columns.stream())
            .filter(c -> there.find(c).isEmpty())
            .collect(Collectors.joining(", "));
    return new SyncException(
        FailureKind.CONFIG,
        setting(relation)
            + ": the table or view does not have "
            + (missing.isEmpty() ? "every column that is mapped" : "the column " + missing)
            + "; correct the mapping or the view. Nothing was changed.",
        cause);
  }

  private Dialect dialect() {
    return database.dialect();
  }

  private String quoted(SourceRelation relation) {
    return dialect().quote(relation == SourceRelation.CONTACTS ? contacts : journeys);
  }

  private static String setting(SourceRelation relation) {
    return relation == SourceRelation.CONTACTS ? "source.contacts" : "source.journeys";
  }

  /** Names the setting of a missing table or view. */
  private <T> T call(SourceRelation relation, Supplier<T> work) {
    try {
      return work.get();
    } catch (DatabaseException e) {
      if (e.kind() == DatabaseException.Kind.MISSING_RELATION) {
        throw new SyncException(
            FailureKind.CONFIG,
            setting(relation)
                + ": there is no such table or view in the source database, or the login may not"
                + " see it; correct the setting or grant SELECT. Nothing was changed.",
            e);
      }
      throw translation.translate(e);
    }
  }

  /** How many connections are in use; tests look for leaks. */
  public int connectionsInUse() {
    return database.connectionsInUse();
  }

  @Override
  public void close() {
    database.close();
  }
}
