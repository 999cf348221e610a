package edu.cumc.aou.db.adapter;

import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.Login;
import edu.cumc.aou.db.TrustStore;
import edu.cumc.aou.sync.config.ConfigSection;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;

/** The settings that both databases share. */
public final class Connections {

  /** The platform's character set for file names. */
  private static final Charset FILE_NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private Connections() {}

  public static Optional<DatabaseSettings> read(ConfigSection section) {
    String url = section.requiredText("jdbc-url");
    boolean supported = DatabaseSettings.isSupported(url);
    boolean h2 = supported && DatabaseSettings.of(url).isH2();
    Login login = LoginConfig.read(section, h2);
    Optional<String> trustStore = section.text("trust-store");
    Optional<DatabaseSecret> trustPassword =
        section.secret("trust-store-password").map(DatabaseSecretSetting::of);
    DatabaseSettings defaults = DatabaseSettings.of("jdbc:h2:");
    Duration loginTimeout = seconds(section, "login-timeout", defaults.loginTimeout());
    Duration queryTimeout = seconds(section, "query-timeout", defaults.queryTimeout());
    Duration lockTimeout = seconds(section, "lock-timeout", defaults.lockTimeout());
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (!supported) {
      section.problem(
          "jdbc-url", "expected an address that begins with jdbc:sqlserver: or jdbc:h2:");
      return Optional.empty();
    }
    if (h2 && !FILE_NAMES.newEncoder().canEncode(url)) {
      section.problem(
          "jdbc-url",
          "has letters that file names cannot have in this locale: another file would be used; run"
              + " with LC_ALL=C.UTF-8, or name another file");
      return Optional.empty();
    }
    return Optional.of(
        DatabaseSettings.of(url)
            .withLogin(login)
            .withTrustStore(
                trustStore
                    .map(file -> new TrustStore(file, trustPassword.orElse(null)))
                    .orElse(null))
            .withTimeouts(loginTimeout, queryTimeout, lockTimeout));
  }

  private static Duration seconds(ConfigSection section, String key, Duration otherwise) {
    Duration value = section.duration(key, otherwise);
    if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
      section.problem(key, "expected a duration from 1s to 1d");
      return otherwise;
    }
    return value;
  }
}
