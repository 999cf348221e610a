package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.Secret;
import edu.cumc.aou.sync.config.ConfigSection;
import java.util.Optional;

/** The settings that both databases share. */
final class Connections {

  private Connections() {}

  static Optional<DatabaseSettings> read(ConfigSection section) {
    String url = section.requiredText("jdbc-url");
    Optional<String> user = section.text("user");
    Optional<Secret> password = section.text("password").map(Secret::of);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (!DatabaseSettings.isSupported(url)) {
      section.problem(
          "jdbc-url", "expected an address that begins with jdbc:sqlserver: or jdbc:h2:");
      return Optional.empty();
    }
    return Optional.of(
        DatabaseSettings.of(url).withLogin(user.orElse(null), password.orElse(null)));
  }
}
