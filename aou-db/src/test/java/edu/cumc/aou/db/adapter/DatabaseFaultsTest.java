package edu.cumc.aou.db.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseFaultsTest {

  private static SyncException of(Kind kind) {
    return new DatabaseFaults("source")
        .translate(new DatabaseException(kind, "reading source.contacts", "08S01", 0));
  }

  @ParameterizedTest
  @CsvSource({
    "UNTRUSTED, source.trust-store",
    "UNTRUSTED, keytool -importcert",
    "OTHER_HOST, hostNameInCertificate",
    "TRUST_STORE, source.trust-store-password",
    "TLS_VERSION, TLS 1.2",
    "MISSING_LIBRARY, source.auth.type",
    "LOGIN_REFUSED, source.auth",
    "UNREACHABLE, source.jdbc-url",
    "NOT_ADMITTED, firewall",
    "NO_TLS, ;encrypt=false",
    "BAD_PROPERTY, source.jdbc-url",
    "TIMEOUT, source.query-timeout",
    "CONVERSION, source.contacts",
    "BROKEN_VIEW, source.journeys",
    "FULL, make room",
  })
  void message_namesTheSettingOrTheCure(Kind kind, String words) {
    assertThat(of(kind)).hasMessageContaining(words);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKind_hasAnAnswer(Kind kind) {
    SyncException translated = of(kind);

    assertThat(translated.getMessage()).hasSizeGreaterThan(30).doesNotContain("%");
    assertThat(translated.kind() == FailureKind.BUG).isEqualTo(kind == Kind.OTHER);
  }
}
