package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceSettingsTest {

  private static final URI LOGIN = URI.create("https://test.salesforce.com");
  private static final SalesforceAuth USER =
      new SalesforceAuth.SoapPassword("sync@example.org", Secret.of("hush"), Secret.NONE);

  @Test
  void defaults_areThoseOfTheManual() {
    SalesforceSettings settings = SalesforceSettings.builder(LOGIN, USER).build();

    assertThat(settings.loginUrl()).isEqualTo(LOGIN);
    assertThat(settings.auth()).isEqualTo(USER);
    assertThat(settings.apiVersion()).isEqualTo("62.0");
    assertThat(settings.loginApiVersion()).isEqualTo("62.0");
    assertThat(settings.clientName()).isEqualTo("aou-sync");
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.answerTimeout()).isEqualTo(Duration.ofSeconds(150));
    assertThat(settings.retry()).isEqualTo(RetrySettings.DEFAULT);
    assertThat(settings.quotaReserve()).isZero();
    assertThat(settings.compressFrom()).isZero();
    assertThat(settings.autoAssign()).isFalse();
    assertThat(settings.allowDuplicates()).isFalse();
    assertThat(settings.proxy()).isEmpty();
  }

  @Test
  void everySetting_arrives() {
    RetrySettings retry =
        new RetrySettings(2, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3));
    SalesforceSettings settings =
        SalesforceSettings.builder(LOGIN, USER)
            .apiVersion("65.0")
            .loginApiVersion("64.0")
            .clientName("x")
            .connectTimeout(Duration.ofSeconds(1))
            .answerTimeout(Duration.ofSeconds(2))
            .retry(retry)
            .quotaReserve(3)
            .compressFrom(4)
            .autoAssign(true)
            .allowDuplicates(true)
            .proxy(new ProxySettings("proxy.example.org", 3128))
            .build();

    assertThat(settings.apiVersion()).isEqualTo("65.0");
    assertThat(settings.loginApiVersion()).isEqualTo("64.0");
    assertThat(settings.clientName()).isEqualTo("x");
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.answerTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.retry()).isEqualTo(retry);
    assertThat(settings.quotaReserve()).isEqualTo(3);
    assertThat(settings.compressFrom()).isEqualTo(4);
    assertThat(settings.autoAssign()).isTrue();
    assertThat(settings.allowDuplicates()).isTrue();
    assertThat(settings.proxy()).contains(new ProxySettings("proxy.example.org", 3128));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://test.salesforce.com",
        "http://8.8.8.8",
        "ftp://test.salesforce.com",
        "https://test.salesforce.com/services",
        "https://user:hush@test.salesforce.com",
        "https://test.salesforce.com?x=1",
        "test.salesforce.com"
      })
  void addressThatCannotBeRight_isRefusedByName(String address) {
    assertThatThrownBy(() -> SalesforceSettings.builder(URI.create(address), USER).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("loginUrl")
        .hasMessageNotContaining("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "http://127.0.0.1:1/",
        "http://simulator:80",
        "http://10.1.2.3",
        "https://x--y.sandbox.my.salesforce.com/"
      })
  void addressOfAnOrgOrOfASimulatorNearby_isTaken(String address) {
    assertThat(SalesforceSettings.builder(URI.create(address), USER).build().loginUrl().toString())
        .isEqualTo(address.replaceAll("/$", ""));
  }

  @Test
  void valuesOutOfBounds_areRefused() {
    List<Runnable> wrong =
        List.of(
            () -> SalesforceSettings.builder(LOGIN, USER).apiVersion("62").build(),
            () -> SalesforceSettings.builder(LOGIN, USER).loginApiVersion("65.0").build(),
            () -> SalesforceSettings.builder(LOGIN, USER).clientName("a, b").build(),
            () -> SalesforceSettings.builder(LOGIN, USER).answerTimeout(Duration.ZERO).build(),
            () -> SalesforceSettings.builder(LOGIN, USER).quotaReserve(-1).build(),
            () -> new RetrySettings(0, Duration.ZERO, Duration.ZERO, Duration.ZERO),
            () -> new ProxySettings("", 1),
            () -> new SalesforceAuth.ClientCredentials(" ", Secret.of("x")),
            () -> new SalesforceAuth.ClientCredentials("x", Secret.NONE));
    for (Runnable each : wrong) {
      assertThatThrownBy(each::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void nothingShowsSecretsOrUserNames() {
    List<Object> holders =
        List.of(
            Secret.of("hush"),
            USER,
            new SalesforceAuth.ClientCredentials("hush-id", Secret.of("hush")),
            new SalesforceAuth.OAuthPassword(
                "hush-id", Secret.of("hush"), "hush@example.org", Secret.of("hush"), Secret.NONE),
            new SalesforceAuth.JwtBearer("hush-id", "hush@example.org", Path.of("hush.pem"), null),
            new SalesforceAuth.ReadySession(Secret.of("hush"), LOGIN),
            SalesforceSettings.builder(LOGIN, USER).build(),
            new SaveResult.Saved("hush", true),
            new RecordUpdate("hush", java.util.Map.of("Phone", "hush")));
    for (Object holder : holders) {
      assertThat(holder.toString()).doesNotContain("hush", "sync@");
    }
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).isNotEqualTo(Secret.of("b"));
  }
}
