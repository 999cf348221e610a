package edu.cumc.aou.salesforce.internal.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.Secret;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionAddressTest {

  private static final URI LOGIN = URI.create("https://login.salesforce.com");

  @ParameterizedTest
  @CsvSource({
    "https://x.my.salesforce.com,https://x.my.salesforce.com",
    "https://x.my.salesforce.com/,https://x.my.salesforce.com",
    "https://x.my.salesforce.com/services/Soap/u/64.0/00Dx,https://x.my.salesforce.com",
    "https://x.my.salesforce.com:8443/y?z,https://x.my.salesforce.com:8443"
  })
  void instance_isSchemeHostAndPort(String given, String expected) {
    assertThat(Session.of(Secret.of("t"), given, LOGIN).instance()).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://x.my.salesforce.com",
        "https://user@x.my.salesforce.com",
        "file:///etc/passwd",
        "https://",
        "x y",
        ""
      })
  void instanceThatIsLessProtectedThanTheLoginOrNoAddress_isRefused(String given) {
    assertThatThrownBy(() -> Session.of(Secret.of("t"), given, LOGIN))
        .isInstanceOf(SalesforceException.class);
  }

  @Test
  void session_showsNothing() {
    assertThat(Session.of(Secret.of("t"), "https://x.example.org", LOGIN).toString())
        .isEqualTo("Session[hidden]");
  }
}
