package edu.cumc.aou.cli;

import edu.cumc.aou.simulator.source.SourceSimulator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The simulated source with some columns of another type or value, as another site's loader would
 * have made them: views over its own relations.
 */
final class RetypedSource {

  private final Site site;
  private final Map<String, String> contacts = new TreeMap<>();
  private final Map<String, String> journeys = new TreeMap<>();

  RetypedSource(Site site) {
    this.site = site;
  }

  /** Shows this SQL in a column of the contact relation; empty text takes the column away. */
  RetypedSource contact(String column, String sql) {
    contacts.put(column, sql);
    return this;
  }

  /** The same in the journey relation. */
  RetypedSource journey(String column, String sql) {
    journeys.put(column, sql);
    return this;
  }

  /** Makes the views; returns the settings that lead to them. */
  String settings() {
    show("vw_reporting_base", "contacts_as_they_are", contacts);
    show("healthpro", "journeys_as_they_are", journeys);
    return "source { contacts = \"dm_aou.dbo.contacts_as_they_are\","
        + " journeys = \"dm_aou.dbo.journeys_as_they_are\" }\n";
  }

  private void show(String relation, String view, Map<String, String> columns) {
    try (Connection connection =
            DriverManager.getConnection(SourceSimulator.h2Url(site.directory), "sa", "");
        Statement statement = connection.createStatement()) {
      List<String> shown = new ArrayList<>();
      Map<String, String> left = new TreeMap<>(columns);
      try (ResultSet none =
          statement.executeQuery("SELECT * FROM dbo." + relation + " WHERE 1 = 0")) {
        for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
          String name = none.getMetaData().getColumnLabel(i);
          String sql = left.containsKey(name) ? left.remove(name) : quoted(name);
          if (!sql.isEmpty()) {
            shown.add(sql + " AS " + quoted(name));
          }
        }
      }
      left.values().removeIf(String::isEmpty);
      left.forEach((name, sql) -> shown.add(sql + " AS " + quoted(name)));
      statement.execute(
          "CREATE OR REPLACE VIEW dbo."
              + view
              + " AS SELECT "
              + String.join(", ", shown)
              + " FROM dbo."
              + relation);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String quoted(String name) {
    return "\"" + name + "\"";
  }
}
