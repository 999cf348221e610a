package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepeatingTest {

  private static final String COUNT = "SELECT COUNT() FROM Contact";
  private static final String BUSY = "[{\"errorCode\":\"SERVER_UNAVAILABLE\"}]";

  @Test
  void waits_growAndAreSpread() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(RawServer.json(503, BUSY));

      SalesforceException thrown =
          catchThrowableOfType(SalesforceException.class, () -> wired.salesforce.count(COUNT));

      assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(wired.server.asked()).hasSize(6);
      List<Duration> waits = wired.time.waits();
      for (int i = 0; i < waits.size(); i++) {
        long full = 1000L << i;
        assertThat(waits.get(i).toMillis()).isBetween(full / 2, full);
      }
      assertThat(waits.get(0).toMillis() % 500).isNotZero();
    }
  }

  @Test
  void retryAfter_isHonoured() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(503, BUSY, "Retry-After: 17")
          .then(503, BUSY, "Retry-After: Mon, 02 Mar 2026 06:00:47 GMT")
          .then(503, BUSY, "Retry-After: tomorrow")
          .then(200, "{\"totalSize\":1,\"done\":true,\"records\":[]}");

      assertThat(wired.salesforce.count(COUNT)).isEqualTo(1);

      assertThat(wired.time.waits()).hasSize(3);
      assertThat(wired.time.waits().subList(0, 2))
          .containsExactly(Duration.ofSeconds(17), Duration.ofSeconds(30));
      assertThat(wired.time.waits().get(2)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void retryAfterBeyondTheDeadline_isHandedOn() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(RawServer.json(503, BUSY, "Retry-After: 900"));

      SalesforceException thrown =
          catchThrowableOfType(SalesforceException.class, () -> wired.salesforce.count(COUNT));

      assertThat(thrown.retryAfter()).contains(Duration.ofMinutes(15));
      assertThat(wired.time.waits()).isEmpty();
    }
  }

  @Test
  void deadline_endsRepeatingBeforeTheAttemptsAreUsedUp() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(RawServer.json(503, BUSY, "Retry-After: 50"));

      assertThat(
              catchThrowableOfType(SalesforceException.class, () -> wired.salesforce.count(COUNT)))
          .isNotNull();
      assertThat(wired.time.waits()).hasSize(2);
    }
  }

  @Test
  void processHaltedDuringTheWait_sendsNothingWhenItWakesTooLate() throws IOException {
    try (RawServer server = new RawServer()) {
      server.always(RawServer.json(503, BUSY));
      VirtualTime time = new VirtualTime();
      Surroundings shutLaptop =
          new Surroundings(time, duration -> time.pass(duration.plusHours(1)), new Random(1));
      SalesforceSettings settings =
          SalesforceSettings.builder(new SalesforceAuth.ReadySession(Secret.of("x"), server.uri()))
              .build();
      try (Salesforce salesforce = Salesforce.connect(settings, shutLaptop)) {
        SalesforceException thrown =
            catchThrowableOfType(
                SalesforceException.class, () -> salesforce.delete("Contact", Wired.CONTACT));

        assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(server.asked()).hasSize(1);
      }
    }
  }

  @Test
  void interruptedWait_keepsTheFlag() throws IOException {
    try (RawServer server = new RawServer()) {
      server.always(RawServer.json(503, BUSY));
      Surroundings impatient =
          new Surroundings(
              new VirtualTime(),
              duration -> {
                throw new InterruptedException();
              },
              new Random(1));
      SalesforceSettings settings =
          SalesforceSettings.builder(new SalesforceAuth.ReadySession(Secret.of("x"), server.uri()))
              .build();
      try (Salesforce salesforce = Salesforce.connect(settings, impatient)) {
        SalesforceException thrown =
            catchThrowableOfType(SalesforceException.class, () -> salesforce.count(COUNT));

        assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  @Test
  void usage_countsEveryRequestAndRemembersTheAllowance() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(503, BUSY)
          .then(
              200,
              "{\"totalSize\":1,\"done\":true,\"records\":[]}",
              "sforce-limit-info: api-usage=18/5000; per-app-api-usage=17/250(appName=x)")
          .then(204, "");

      wired.salesforce.count(COUNT);
      wired.salesforce.delete("Contact", Wired.CONTACT);

      ApiUsage usage = wired.salesforce.usage();
      assertThat(usage.requests())
          .containsEntry(CallKind.QUERY, 2L)
          .containsEntry(CallKind.WRITE, 1L)
          .containsEntry(CallKind.LOGIN, 0L);
      assertThat(usage.counted()).isEqualTo(3);
      assertThat(usage.dailyUsed()).hasValue(18);
      assertThat(usage.dailyMax()).hasValue(5000);
    }
  }

  @Test
  void reserve_stopsCallsUntilTheFigureIsOld() throws IOException {
    try (RawServer server = new RawServer()) {
      VirtualTime time = new VirtualTime();
      server.always(
          RawServer.json(
              200,
              "{\"totalSize\":1,\"done\":true,\"records\":[]}",
              "Sforce-Limit-Info: api-usage=4900/5000"));
      SalesforceSettings settings =
          SalesforceSettings.builder(new SalesforceAuth.ReadySession(Secret.of("x"), server.uri()))
              .quotaReserve(100)
              .build();
      try (Salesforce salesforce = Salesforce.connect(settings, time.surroundings())) {
        salesforce.count(COUNT);
        SalesforceException thrown =
            catchThrowableOfType(SalesforceException.class, () -> salesforce.count(COUNT));
        assertThat(thrown.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(server.asked()).hasSize(1);

        time.pass(Duration.ofMinutes(5));
        assertThat(salesforce.count(COUNT)).isEqualTo(1);
      }
    }
  }
}
