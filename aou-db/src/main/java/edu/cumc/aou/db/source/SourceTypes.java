package edu.cumc.aou.db.source;

import edu.cumc.aou.sync.port.SourceColumns;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/** Maps the drivers' types to the sync's. */
final class SourceTypes {

  /** SQL Server's driver's own number for a type. */
  static final int DATETIMEOFFSET = -155;

  /** SQL Server's driver's number for UNIQUEIDENTIFIER, where it does not call it CHAR. */
  static final int GUID = -145;

  private SourceTypes() {}

  /** The driver's number for the type of a column; H2 reports UUID as binary. */
  static int number(ResultSetMetaData meta, int column) throws SQLException {
    return meta.getColumnTypeName(column).equals("UUID") ? GUID : meta.getColumnType(column);
  }

  /** OTHER for a type that cannot be read. */
  static SourceColumns.Type of(int type) {
    return switch (type) {
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB,
          GUID ->
          SourceColumns.Type.TEXT;
      case Types.DATE -> SourceColumns.Type.DATE;
      case Types.TIMESTAMP -> SourceColumns.Type.DATETIME;
      case Types.TIMESTAMP_WITH_TIMEZONE, DATETIMEOFFSET -> SourceColumns.Type.DATETIME_WITH_ZONE;
      case Types.BIT, Types.BOOLEAN -> SourceColumns.Type.BOOLEAN;
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.DECIMAL,
          Types.NUMERIC,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE ->
          SourceColumns.Type.NUMBER;
      default -> SourceColumns.Type.OTHER;
    };
  }
}
