package edu.cumc.aou.mornings.world;

import edu.cumc.aou.salesforce.Surroundings.Carried;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What lies between the client and a simulated org, and what goes wrong there. */
final class Network {

  private static final Duration STALL = Duration.ofSeconds(150);
  private static final String ANY_WRITE = ".*/composite/sobjects.*";
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final SalesforceSimulator simulator;
  private final VirtualClock clock;
  private final OrgFlow flow;
  private Edges.@Nullable Watch watch;

  Network(SalesforceSimulator simulator, VirtualClock clock, OrgFlow flow) {
    this.simulator = simulator;
    this.clock = clock;
    this.flow = flow;
  }

  void watch(Edges.@Nullable Watch other) {
    watch = other;
  }

  /** Answers a request of the client as the network would bring the answer. */
  Carried carry(String method, URI uri, Map<String, String> headers, byte[] body)
      throws IOException {
    Edges.Watch watching = watch;
    if (watching != null) {
      watching.before("http." + method);
    }
    flow.withholdJourneys();
    Answer answer =
        simulator.handle(
            Call.received(
                method,
                uri.getRawPath(),
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                headers,
                body));
    if (watching != null) {
      watching.after("http." + method);
    }
    byte[] whole = answer.body();
    switch (answer.delivery()) {
      case RESET -> throw new SocketException("Connection reset");
      case TRUNCATED -> throw new SocketException("Connection ended within the answer");
      case STALLED -> {
        clock.advance(STALL);
        throw new SocketTimeoutException("Read timed out");
      }
      default -> {}
    }
    Map<String, String> answered = new LinkedHashMap<>(answer.headers());
    answered.put("Date", HTTP_DATE.format(clock.instant()));
    if (!answer.contentType().isEmpty()) {
      answered.put("Content-Type", answer.contentType());
    }
    return new Carried(answer.status(), answered, new ByteArrayInputStream(whole).readAllBytes());
  }

  void loseNextAnswer(boolean applied) {
    Fault fault = applied ? Fault.resetAfterApply() : Fault.resetBeforeApply();
    simulator.faults().on("POST", ANY_WRITE, 1, fault);
    simulator.faults().on("PATCH", ANY_WRITE, 1, fault);
  }

  void lockOnce(String contactId) {
    simulator
        .faults()
        .onRow(
            "Contact",
            "Id",
            contactId,
            1,
            "UNABLE_TO_LOCK_ROW",
            "unable to obtain exclusive access to this record");
  }

  void orgFails(FailureKind kind, int calls) {
    Fault fault =
        switch (kind) {
          case THROTTLED -> Fault.requestLimitExceeded();
          case AUTH -> Fault.expiredSession();
          default -> Fault.unavailable(Duration.ofSeconds(1));
        };
    simulator.faults().on("*", ".*", n -> n <= calls * 3, fault);
  }

  void fault(int which, int requests) {
    List<Fault> faults =
        List.of(
            Fault.error(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred."),
            Fault.html(503),
            Fault.html(200),
            Fault.html(502),
            Fault.emptyAnswer(),
            Fault.expiredSession(),
            Fault.resetBeforeApply(),
            Fault.resetAfterApply(),
            Fault.truncatedBody(),
            Fault.stalledBody(),
            Fault.jobFailed("InternalServerError : try again"),
            Fault.rowsUnprocessed(1, "TooManyLockFailure : try again"),
            Fault.resultsCut());
    simulator
        .faults()
        .on("*", ".*", n -> n <= requests, faults.get(Math.floorMod(which, faults.size())));
  }
}
