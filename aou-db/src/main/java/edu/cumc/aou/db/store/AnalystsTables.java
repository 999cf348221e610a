package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The three tables that the site's analysts may already have: keeps those of the right shape, and
 * renames or refuses others.
 */
final class AnalystsTables {

  static final List<String> NAMES = List.of("Contact_PMI", "Contact_Journey", "Relationship");

  private static final Map<String, Set<String>> COLUMNS =
      Map.of(
          "Contact_PMI", Set.of("contact_id", "pmi_id"),
          "Contact_Journey", Set.of("contact_id", "journey_id"),
          "Relationship", Set.of("contact_id", "pmi_id", "journey_id"));

  /** The length of a Salesforce id; PMI IDs are shorter. */
  private static final int LONGEST_ID = 18;

  private static final int LONGEST_PMI_ID = 10;

  private final StoreDatabase store;
  private final Scripts scripts;

  AnalystsTables(StoreDatabase store, Scripts scripts) {
    this.store = store;
    this.scripts = scripts;
  }

  /** A column as the database describes it; {@code length} is -1 if there is no limit. */
  private record TableColumn(String name, String type, long length, boolean nullable) {
    boolean holds(long characters) {
      return type.contains("char") && (length < 0 || length >= characters);
    }
  }

  /** Checks all of them before it renames the first; returns old names with new ones. */
  Map<String, String> makeRoom(boolean rename) {
    List<String> inTheWay = NAMES.stream().filter(this::isInTheWay).toList();
    if (!inTheWay.isEmpty() && !rename) {
      throw new SyncException(
          FailureKind.CONFIG,
          "store: "
              + (inTheWay.size() == 1 ? "the table " : "the tables ")
              + String.join(", ", inTheWay)
              + (inTheWay.size() == 1 ? " is" : " are")
              + " there already, with other columns than the sync needs ("
              + needed(inTheWay)
              + "); run aou-sync init --adopt-tables to keep what is there under another name and have new ones made,"
              + " filled from Salesforce by the next sync. Nothing was changed.");
    }
    Map<String, String> renamed = new LinkedHashMap<>();
    for (String table : inTheWay) {
      String newName = freeName(table);
      store.run(
          "renaming a table that is in the way",
          handle -> handle.execute(store.dialect().renameTable(store.schema(), table, newName)));
      renamed.put(table, newName);
    }
    return renamed;
  }

  private static String needed(List<String> tables) {
    return String.join(
        "; ",
        tables.stream()
            .map(
                t ->
                    t.equals("Relationship")
                        ? "Relationship: texts Contact_Id, PMI_Id and Journey_Id, the last one nullable"
                        : t.equals("Contact_PMI")
                            ? "Contact_PMI: texts Contact_Id and PMI_Id"
                            : "Contact_Journey: texts Contact_Id and Journey_Id")
            .toList());
  }

  /** Creates the missing ones. */
  void create() {
    for (String table : NAMES) {
      if (columnsOf(table).isEmpty()) {
        store.run(
            "creating the table " + table,
            handle -> {
              for (String statement : scripts.analystsTable(table).split(";", -1)) {
                if (!statement.isBlank()) {
                  handle.execute(statement);
                }
              }
            });
      }
    }
  }

  private boolean isInTheWay(String table) {
    Map<String, TableColumn> columns = columnsOf(table);
    return !columns.isEmpty()
        && !(columns.keySet().equals(COLUMNS.get(table))
            && columns.values().stream().allMatch(c -> fits(table, c)));
  }

  /** A relationship is entered before its journey exists. */
  private static boolean fits(String table, TableColumn column) {
    boolean mayBeAbsent = table.equals("Relationship") && column.name().equals("journey_id");
    return column.holds(column.name().equals("pmi_id") ? LONGEST_PMI_ID : LONGEST_ID)
        && (!mayBeAbsent || column.nullable());
  }

  private String freeName(String table) {
    for (int i = 1; ; i++) {
      String name = table + "_before_sync" + (i == 1 ? "" : "_" + i);
      if (columnsOf(name).isEmpty()) {
        return name;
      }
    }
  }

  /** The columns of a table by their names in lower case; none if the table does not exist. */
  private Map<String, TableColumn> columnsOf(String table) {
    Map<String, TableColumn> columns = new LinkedHashMap<>();
    store
        .read(
            "looking at a table that may be in the way",
            handle ->
                handle
                    .createQuery(
                        "SELECT COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, IS_NULLABLE FROM"
                            + " INFORMATION_SCHEMA.COLUMNS WHERE UPPER(TABLE_SCHEMA) = :schema AND UPPER(TABLE_NAME) ="
                            + " :table ORDER BY ORDINAL_POSITION")
                    .bind("schema", store.schema().toUpperCase(Locale.ROOT))
                    .bind("table", table.toUpperCase(Locale.ROOT))
                    .map(
                        (row, context) ->
                            new TableColumn(
                                row.getString(1).toLowerCase(Locale.ROOT),
                                row.getString(2).toLowerCase(Locale.ROOT),
                                row.getLong(3),
                                "YES".equals(row.getString(4))))
                    .list())
        .forEach(column -> columns.put(column.name(), column));
    return columns;
  }
}
