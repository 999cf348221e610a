package edu.cumc.aou.simulator.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of both tables. */
final class TablesHash {
  private static final byte[] NULL = {-1};
  private static final int FETCH_SIZE = 1000;

  private TablesHash() {}

  static String of(Connection connection) throws SQLException {
    MessageDigest digest = sha256();
    for (SourceTable table : new SourceTable[] {SourceTable.HEALTHPRO, SourceTable.REDCAP}) {
      add(digest, table.name());
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(FETCH_SIZE);
        try (ResultSet rows = statement.executeQuery(Sql.selectInOrder(table))) {
          while (rows.next()) {
            for (int i = 1; i <= table.columns().size(); i++) {
              add(digest, table.columns().get(i - 1).read(rows, i));
            }
          }
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The length goes first, so that no two rows give the same bytes. */
  private static void add(MessageDigest digest, @Nullable String value) {
    if (value == null) {
      digest.update(NULL);
      return;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
