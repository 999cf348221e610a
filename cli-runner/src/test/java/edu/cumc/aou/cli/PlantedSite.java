package edu.cumc.aou.cli;

import edu.cumc.aou.cli.runtime.H2Urls;
import edu.cumc.aou.simulator.source.SourceSimulator;
import edu.cumc.aou.sync.testing.Canaries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A site with planted people, records and secrets, so that a test finds any trace of them. */
final class PlantedSite implements AutoCloseable {

  /** What decides about a participant, or leads to the row, has to stay as it is. */
  private static final Set<String> DECIDING =
      Set.of("PMI ID", "pmi_id", "org", "Participant Status", "Paired Organization");

  /** Salesforce takes certain values only, so these go wrong for some people and not for all. */
  private static final Set<String> PICKLISTS =
      Set.of("Language", "Sex", "Gender Identity", "Race/Ethnicity", "learn_aou", "tech_asst");

  private static final String BIRTHDAY = "1911-11-11";

  final Site site;
  final Canaries canaries = new Canaries();
  private final String sourceUrl;
  private final String storeUrl;
  private final String storePassword = canaries.plant("store password");

  PlantedSite(Path directory, int participants) {
    site = new Site(directory, participants);
    sourceUrl = SourceSimulator.h2Url(directory);
    storeUrl = H2Urls.ofFile(directory.resolve("planted-store")) + ";TRACE_LEVEL_FILE=4";
    site.environment.put("AOU_STORE_JDBC_URL", storeUrl);
    site.environment.put("AOU_STORE_USER", "sa");
    site.environment.put("AOU_STORE_PASSWORD", storePassword);
    canaries.watch("the Salesforce password", site.org.credentials().password());
    canaries.watch("the security token", site.org.credentials().securityToken());
    canaries.watch("a birthday", BIRTHDAY);
    canaries.watchAll("a PMI ID", pmiIds());
  }

  /** Gives everybody in the source other data, in every column that can hold it. */
  void changeSource() {
    for (String table : List.of("healthpro", "redcap")) {
      for (String column : textColumns(table)) {
        String text = canaries.plant(column) + (column.contains("Email") ? "@example.org" : "");
        String some = PICKLISTS.contains(column) ? " WHERE MOD(Row_Id, 3) = 0" : "";
        source("UPDATE dbo." + table + " SET [" + column + "] = '" + text + "'" + some);
      }
    }
    source("UPDATE dbo.healthpro SET [Date of Birth] = DATE '" + BIRTHDAY + "'");
  }

  /** Has the staff write into the records, and remembers what ids there are. */
  void changeOrg() {
    site.org
        .records("Contact")
        .map(contact -> String.valueOf(contact.get("Id")))
        .limit(3)
        .forEach(
            id ->
                site.org.edit(
                    id,
                    Map.of(
                        "LastName", canaries.plant("staff last name"),
                        "MailingStreet", canaries.plant("staff street"))));
    for (String object : List.of("Contact", "Opportunity")) {
      site.org.recordsAndDeleted(object).forEach(r -> watchId(String.valueOf(r.get("Id"))));
    }
  }

  private void watchId(String id) {
    canaries.watch("a Salesforce id", id.substring(0, 15));
  }

  void source(String sql) {
    execute(sourceUrl, "", sql);
  }

  void store(String sql) {
    execute(storeUrl, storePassword, sql);
  }

  private static void execute(String url, String password, String sql) {
    try (Connection connection = DriverManager.getConnection(url, "sa", password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> pmiIds() {
    return column("SELECT [PMI ID] FROM dbo.healthpro", "");
  }

  private List<String> textColumns(String table) {
    return column(
            "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = ? AND"
                + " CHARACTER_MAXIMUM_LENGTH >= 32",
            table)
        .stream()
        .filter(name -> !DECIDING.contains(name))
        .toList();
  }

  private List<String> column(String sql, String parameter) {
    List<String> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(sourceUrl, "sa", "");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      if (!parameter.isEmpty()) {
        statement.setString(1, parameter);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return values;
  }

  @Override
  public void close() {
    site.close();
  }
}
