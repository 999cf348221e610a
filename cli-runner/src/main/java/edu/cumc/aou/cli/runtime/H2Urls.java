package edu.cumc.aou.cli.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Completes H2 URLs with the settings that make H2 a stand-in for SQL Server. */
public final class H2Urls {

  private static final String PREFIX = "jdbc:h2:";

  /** Without WRITE_DELAY=0, a killed process loses committed rows. */
  private static final List<String> SETTINGS =
      List.of(
          "MODE=MSSQLServer",
          "DATABASE_TO_UPPER=FALSE",
          "CASE_INSENSITIVE_IDENTIFIERS=TRUE",
          "WRITE_DELAY=0");

  private H2Urls() {}

  /** Whether the URL leads to H2. */
  public static boolean isH2(String jdbcUrl) {
    return jdbcUrl.toLowerCase(Locale.ROOT).startsWith(PREFIX);
  }

  /** The URL of a database file, which ends in {@code .mv.db} on disk. */
  public static String ofFile(Path file) {
    return complete(PREFIX + "file:" + file.toAbsolutePath());
  }

  /** Adds the settings that an H2 URL lacks; other URLs stay as they are. */
  public static String complete(String jdbcUrl) {
    if (!isH2(jdbcUrl)) {
      return jdbcUrl;
    }
    StringBuilder url = new StringBuilder(jdbcUrl);
    String upper = jdbcUrl.toUpperCase(Locale.ROOT);
    for (String setting : SETTINGS) {
      String key = ";" + setting.substring(0, setting.indexOf('=') + 1);
      if (!upper.contains(key)) {
        url.append(';').append(setting);
      }
    }
    return url.toString();
  }
}
