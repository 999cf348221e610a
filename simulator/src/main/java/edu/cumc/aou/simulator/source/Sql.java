package edu.cumc.aou.simulator.source;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements, in words that both SQL Server and H2 in its SQL Server mode understand. */
final class Sql {
  static final String VIEW = "vw_reporting_base";
  static final String MARKER = "simulated_source";

  static final String CREATE_MARKER =
      "CREATE TABLE dbo.simulated_source ("
          + "seed BIGINT NOT NULL, participants INT NOT NULL, day_number INT NOT NULL,"
          + " dirty INT NOT NULL)";
  static final String CLEAR_MARKER = "DELETE FROM dbo.simulated_source";
  static final String INSERT_MARKER =
      "INSERT INTO dbo.simulated_source (seed, participants, day_number, dirty)"
          + " VALUES (?, ?, ?, ?)";
  static final String SELECT_MARKER =
      "SELECT seed, participants, day_number, dirty FROM dbo.simulated_source";
  static final String DROP_VIEW = "DROP VIEW dbo.vw_reporting_base";
  static final String INDEX_REDCAP = "CREATE INDEX ix_redcap_pmi_id ON dbo.redcap ([pmi_id])";
  static final String INDEX_HEALTHPRO =
      "CREATE INDEX ix_healthpro_pmi_id ON dbo.healthpro ([PMI ID])";
  static final String COUNT_CONTACTS = "SELECT COUNT(*) FROM dbo.vw_reporting_base";
  static final String COLUMNS_OF =
      "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS"
          + " WHERE TABLE_SCHEMA = 'dbo' AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION";

  private Sql() {}

  static String create(SourceTable table) {
    return "CREATE TABLE dbo."
        + table.name()
        + " ("
        + list(table.columns(), c -> c.quoted() + " " + c.type() + " NULL")
        + ")";
  }

  static String drop(SourceTable table) {
    return "DROP TABLE dbo." + table.name();
  }

  static String dropColumn(SourceTable table, SourceColumn column) {
    return "ALTER TABLE dbo." + table.name() + " DROP COLUMN " + column.quoted();
  }

  static String delete(SourceTable table) {
    return "DELETE FROM dbo." + table.name();
  }

  static String deleteAfter(SourceTable table) {
    return delete(table) + " WHERE [Row_Id] > ?";
  }

  static String lastRow(SourceTable table) {
    return "SELECT COALESCE(MAX([Row_Id]), 0) FROM dbo." + table.name();
  }

  static String insert(SourceTable table) {
    return "INSERT INTO dbo."
        + table.name()
        + " ("
        + list(table.columns(), SourceColumn::quoted)
        + ") VALUES ("
        + String.join(", ", Collections.nCopies(table.columns().size(), "?"))
        + ")";
  }

  static String selectInOrder(SourceTable table) {
    String last = table == SourceTable.REDCAP ? ", [record_id]" : "";
    return "SELECT "
        + list(table.columns(), SourceColumn::quoted)
        + " FROM dbo."
        + table.name()
        + " ORDER BY [Row_Id]"
        + last;
  }

  /** H2 has no FULL JOIN, so the REDCap-only rows come from a second SELECT. */
  static String createView(List<SourceColumn> healthpro) {
    List<SourceColumn> named =
        healthpro.stream().filter(c -> !c.name().equals(SourceTable.ROW_ID)).toList();
    List<SourceColumn> redcap =
        SourceTable.REDCAP.columns().stream()
            .filter(c -> !c.name().equals(SourceTable.ROW_ID))
            .toList();
    String redcapList = list(redcap, c -> "r." + c.quoted() + " AS [" + c.name() + "_RC]");
    return "CREATE VIEW dbo.vw_reporting_base AS SELECT h.[Row_Id] AS [Row_Id], "
        + list(named, c -> "h." + c.quoted() + " AS [" + c.name() + "_HP]")
        + ", "
        + redcapList
        + " FROM dbo.healthpro h LEFT JOIN dbo.redcap r ON r.[pmi_id] = h.[PMI ID]"
        + " UNION ALL SELECT r.[Row_Id] AS [Row_Id], "
        + list(named, c -> "CAST(NULL AS " + c.type() + ") AS [" + c.name() + "_HP]")
        + ", "
        + redcapList
        + " FROM dbo.redcap r WHERE NOT EXISTS"
        + " (SELECT 1 FROM dbo.healthpro h WHERE h.[PMI ID] = r.[pmi_id])";
  }

  static List<String> viewColumns() {
    return Stream.of(
            Stream.of(SourceTable.ROW_ID),
            SourceTable.HEALTHPRO.columns().stream()
                .map(SourceColumn::name)
                .map(name -> name + "_HP"),
            SourceTable.REDCAP.columns().stream().map(SourceColumn::name).map(name -> name + "_RC"))
        .flatMap(names -> names)
        .filter(name -> !name.startsWith(SourceTable.ROW_ID + "_"))
        .toList();
  }

  private static String list(List<SourceColumn> columns, Function<SourceColumn, String> each) {
    return columns.stream().map(each).collect(Collectors.joining(", "));
  }
}
