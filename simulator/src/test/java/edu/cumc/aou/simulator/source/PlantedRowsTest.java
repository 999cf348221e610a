package edu.cumc.aou.simulator.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantedRowsTest {
  @TempDir Path directory;

  @Test
  void dirtySource_holdsEachKindOfBadRow() throws SQLException {
    try (SourceSimulator source =
        SourceSimulator.open(SourceSimulator.h2Url(directory), "sa", "")) {
      SourceSummary summary = source.load(new SourceOptions(1, 100, 1, true));
      assertThat(summary.plantedRows()).isGreaterThan(30);
      assertThat(summary.journeyRows()).isEqualTo(100 + summary.plantedRows());
    }
    assertThat(ids("WHERE [PMI ID] IS NULL")).hasSize(1);
    assertThat(ids("WHERE [PMI ID] = 'UNSET' OR [PMI ID] = ''")).hasSize(2);
    assertThat(ids("WHERE [PMI ID] LIKE 'p0%'")).hasSize(2);
    assertThat(ids("WHERE [PMI ID] LIKE ' P0%'")).hasSize(1);
    assertThat(ids("WHERE LENGTH([Last Name]) = 256")).hasSize(1);
    assertThat(ids("WHERE LENGTH([First Name]) > 40")).hasSize(1);
    assertThat(ids("WHERE [Email] = 'nobody@example'")).hasSize(1);
    assertThat(ids("WHERE [State] = 'XX'")).hasSize(1);
    assertThat(ids("WHERE [Date of Birth] > DATE '2026-12-31'")).hasSize(1);
    assertThat(ids("WHERE [EHR Consent Status] = 'Y'")).hasSize(1);
    assertThat(ids("WHERE [Withdrawal Status] = '1' AND [Withdrawal Date] IS NULL")).hasSize(1);
  }

  @Test
  void dirtySource_holdsIdenticalAndDifferingDuplicates() throws SQLException {
    try (SourceSimulator source =
        SourceSimulator.open(SourceSimulator.h2Url(directory), "sa", "")) {
      source.load(new SourceOptions(1, 100, 1, true));
    }
    String twice =
        "WHERE [PMI ID] IN (SELECT [PMI ID] FROM dbo.healthpro"
            + " GROUP BY [PMI ID] HAVING COUNT(*) = 2 AND COUNT(DISTINCT [Street Address]) = ";
    assertThat(ids(twice + "1)")).hasSize(2);
    assertThat(ids(twice + "2)")).hasSize(2);
    assertThat(
            texts(
                "SELECT [PMI ID_HP] FROM dbo.vw_reporting_base"
                    + " WHERE [record_id_RC] IN ('5-1', '5-2')"))
        .hasSize(2)
        .allMatch(id -> id.startsWith("P0"));
  }

  @Test
  void cleanSource_holdsNone() throws SQLException {
    try (SourceSimulator source =
        SourceSimulator.open(SourceSimulator.h2Url(directory), "sa", "")) {
      assertThat(source.load(new SourceOptions(1, 100, 1, false)).plantedRows()).isZero();
    }
    assertThat(ids("")).doesNotHaveDuplicates().allMatch(id -> id.matches("P0\\d{8}"));
  }

  @Test
  void dirtySource_hasTheSamePlantedRowsEveryDay() {
    People people = new People(new SourceOptions(1, 100, 1, true));
    People later = new People(new SourceOptions(1, 100, 9, true));
    List<String> today = pmiIds(PlantedRows.of(people));
    assertThat(pmiIds(PlantedRows.of(later))).isEqualTo(today).hasSizeGreaterThan(30);
  }

  private static List<String> pmiIds(PlantedRows planted) {
    return planted.healthpro().stream().map(row -> String.valueOf(row.get("PMI ID"))).toList();
  }

  private List<String> ids(String where) throws SQLException {
    return texts("SELECT [PMI ID] FROM dbo.healthpro " + where);
  }

  private List<String> texts(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(SourceSimulator.h2Url(directory), "sa", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
