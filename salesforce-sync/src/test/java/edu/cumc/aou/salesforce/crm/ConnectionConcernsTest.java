package edu.cumc.aou.salesforce.crm;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.ApiVersion;
import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceAuth.ClientCredentials;
import edu.cumc.aou.salesforce.SalesforceAuth.OAuthPassword;
import edu.cumc.aou.salesforce.SalesforceAuth.SoapPassword;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.sync.port.Crm.Concern;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionConcernsTest {

  private static final List<ApiVersion> OFFERED =
      List.of(
          new ApiVersion("31.0", "Summer '14"),
          new ApiVersion("62.0", "Winter '25"),
          new ApiVersion("64.0", "Summer '25"));
  private static final SalesforceAuth GOOD = new ClientCredentials("client", Secret.of("secret"));

  private static List<Concern> concerns(SalesforceAuth auth, String version) {
    return ConnectionConcerns.of(
        SalesforceSettings.builder(URI.create("https://test.salesforce.com"), auth)
            .apiVersion(version)
            .build(),
        OFFERED);
  }

  @Test
  void offeredVersionAndModernLogin_areNoConcern() {
    assertThat(concerns(GOOD, "62.0")).isEmpty();
  }

  @Test
  void versionThatIsNotOffered_isSerious_andTheRangeIsNamed() {
    List<Concern> concerns = concerns(GOOD, "65.0");
    assertThat(concerns).hasSize(1);
    assertThat(concerns.get(0).serious()).isTrue();
    assertThat(concerns.get(0).setting()).isEqualTo("salesforce.api-version");
    assertThat(concerns.get(0).advice()).contains("31.0", "64.0");
  }

  @Test
  void oldestVersion_isAWarning() {
    assertThat(concerns(GOOD, "31.0")).extracting(Concern::serious).containsExactly(false);
  }

  @Test
  void passwordLogins_areToldWhatReplacesThem() {
    for (SalesforceAuth auth :
        List.of(
            new SoapPassword("user", Secret.of("p"), Secret.of("t")),
            new OAuthPassword("client", Secret.of("s"), "user", Secret.of("p"), Secret.of("t")))) {
      List<Concern> concerns = concerns(auth, "62.0");
      assertThat(concerns).extracting(Concern::setting).containsExactly("salesforce.auth.type");
      assertThat(concerns.get(0).serious()).isFalse();
      assertThat(concerns.get(0).message()).contains("2027");
      assertThat(concerns.get(0).advice()).contains("jwt", "client-credentials");
    }
  }
}
