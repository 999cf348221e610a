package edu.cumc.aou.db.adapter;

import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.Login;
import edu.cumc.aou.sync.config.ConfigSection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how to log in: {@code user}, {@code password} and the section {@code auth}. */
final class LoginConfig {

  private final ConfigSection section;
  private final ConfigSection auth;
  private final @Nullable String user;
  private final @Nullable DatabaseSecret password;

  private LoginConfig(ConfigSection section) {
    this.section = section;
    this.auth = section.section("auth");
    this.user = section.text("user").orElse(null);
    this.password = section.secret("password").map(DatabaseSecretSetting::of).orElse(null);
  }

  /**
   * Notes a problem of the section for anything missing, and then returns a login that is never
   * used.
   */
  static Login read(ConfigSection section, boolean h2) {
    return new LoginConfig(section).read(h2);
  }

  private Login read(boolean h2) {
    LoginType type = auth.choice("type", LoginType.class, LoginType.SQL);
    if (h2 && type != LoginType.SQL) {
      auth.problem("type", "H2 knows logins of its own only; leave it out, or say sql");
      type = LoginType.SQL;
    }
    Login login = login(type);
    // Reports a key that this type does not use as unknown.
    auth.done();
    return login;
  }

  private Login login(LoginType type) {
    return switch (type) {
      case SQL -> new Login.Sql(user, password);
      case NTLM -> new Login.Ntlm(auth.requiredText("domain"), user(), password());
      case KERBEROS -> kerberos();
      case INTEGRATED -> new Login.Integrated();
      case ENTRA_SERVICE_PRINCIPAL -> new Login.EntraServicePrincipal(user(), password());
      case ENTRA_MANAGED_IDENTITY -> new Login.EntraManagedIdentity(user);
    };
  }

  private Login kerberos() {
    Optional<String> keytab = auth.text("keytab");
    if (keytab.isPresent()) {
      return new Login.KerberosKeytab(user(), keytab.get());
    }
    return password == null
        ? new Login.KerberosTicket()
        : new Login.KerberosPassword(user(), password);
  }

  private String user() {
    return user == null ? section.missing("user") : user;
  }

  private DatabaseSecret password() {
    return password == null ? DatabaseSecret.of(section.missing("password")) : password;
  }
}
