package edu.cumc.aou.mornings.world;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import edu.cumc.aou.cli.runtime.H2Urls;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.mornings.judge.Facts.Row;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.simulator.source.SourceSimulator;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A site as an earlier version of the program left it, with a run that stopped half way: its store,
 * its org, and the people of its source. The README beside the archives tells of them.
 */
final class OldSite implements AutoCloseable {

  /** Behind the name of an archive: people are held in its store, for each reason. */
  static final String HOLDS = "+holds";

  private static final String STORE = "aou-sync-store";

  /** The morning after the one on which the run stopped. */
  static final Instant NOW = Instant.parse("2026-01-07T11:00:00Z");

  /** Columns by another of their names, and the first one, by which the world calls them. */
  private static final Map<String, String> FIRST = new HashMap<>();

  static {
    Config defaults = SyncSettings.defaults().resolve();
    for (String fields : List.of("contact.fields", "journey.fields")) {
      for (ConfigValue field : defaults.getObject(fields).values()) {
        if (field instanceof ConfigObject one && one.toConfig().hasPath("columns")) {
          List<String> names = one.toConfig().getStringList("columns");
          names.forEach(name -> FIRST.put(name, names.get(0)));
        }
      }
    }
  }

  private final Path directory;

  private OldSite(Path directory) {
    this.directory = directory;
  }

  /** One of the archives, unpacked; with {@link #HOLDS} behind its name, people are held there. */
  static OldSite of(String name) {
    String archive = name.replace(HOLDS, "");
    try {
      OldSite site = new OldSite(Files.createTempDirectory("old-site"));
      site.unpack(archive);
      if (!archive.equals(name)) {
        site.hold();
      }
      return site;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Holds one participant for each reason of that version, except those already forgotten. */
  private void hold() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                H2Urls.complete(H2Urls.ofFile(directory.resolve(STORE))), "sa", "");
        Statement statement = connection.createStatement()) {
      List<String> free = new ArrayList<>();
      try (ResultSet people =
          statement.executeQuery(
              "SELECT pmi_id FROM dbo.contact_mirror WHERE is_deleted = 0 AND pmi_id NOT IN"
                  + " (SELECT pmi_id FROM dbo.sync_hold) AND pmi_id NOT IN (SELECT pmi_id FROM"
                  + " dbo.contact_mirror GROUP BY pmi_id HAVING COUNT(*) > 1) ORDER BY pmi_id")) {
        while (people.next()) {
          free.add(people.getString(1));
        }
      }
      List<String> holds =
          List.of(
              "'QUARANTINE', 'FIELD_INTEGRITY_EXCEPTION'",
              "'REVIEW', 'key-not-kept'",
              "'UNDO', 'undone'");
      for (int i = 0; i < holds.size(); i++) {
        statement.execute(
            "INSERT INTO dbo.sync_hold (pmi_id, since, values_hash, kind, reason) VALUES ('"
                + free.get(i)
                + "', TIMESTAMP '2026-01-06 11:00:00', NULL, "
                + holds.get(i)
                + ")");
      }
    }
  }

  private void unpack(String archive) throws IOException {
    try (InputStream resource = OldSite.class.getResourceAsStream("/upgrade/" + archive + ".zip");
        ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(resource))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = directory.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
  }

  DatabaseSettings store() {
    return DatabaseSettings.of(H2Urls.ofFile(directory.resolve(STORE))).withLogin("sa", null);
  }

  Path org() {
    return directory.resolve("org");
  }

  /** What the source says of its people, in the columns of a site of the world. */
  Source people() {
    SourceColumnsOf columns = SourceColumnsOf.with(RawRow.Type.DATE);
    try (Connection connection =
        DriverManager.getConnection(SourceSimulator.h2Url(directory), "sa", "")) {
      return new Source(
          rows(connection, "vw_reporting_base", RawRow.CONTACT_KEY, columns.contacts()),
          rows(connection, "healthpro", RawRow.JOURNEY_KEY, columns.journeys()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Row> rows(
      Connection connection, String relation, String key, List<RawRow.Column> columns)
      throws SQLException {
    Set<String> known = columns.stream().map(RawRow.Column::name).collect(Collectors.toSet());
    List<Row> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM dbo." + relation)) {
      ResultSetMetaData data = result.getMetaData();
      while (result.next()) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
          Object value = result.getObject(i);
          String name = data.getColumnName(i);
          String column = known.contains(name) ? name : FIRST.getOrDefault(name, name);
          if (value != null && known.contains(column)) {
            values.put(column, cell(value));
          }
        }
        Object pmi = values.remove(key);
        rows.add(new Row(pmi == null ? null : pmi.toString(), values));
      }
    }
    return rows;
  }

  private static Object cell(Object value) {
    if (value instanceof Date day) {
      return day.toLocalDate();
    }
    return value instanceof Timestamp time
        ? time.toLocalDateTime().toLocalDate()
        : value.toString();
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
