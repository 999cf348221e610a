package edu.cumc.aou.salesforce.micrometer;

import edu.cumc.aou.salesforce.CallAttempt;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * Makes metrics of what the client does. Thread-safe. No metric or tag holds a value or an id.
 *
 * <ul>
 *   <li>{@code salesforce.attempts}: a timer of attempts by {@code kind} (query, write, bulk, …),
 *       {@code result} (answered, repeated, session_ended, failed) and {@code error}, the server's
 *       code or {@code none}
 *   <li>{@code salesforce.waits}: a timer of the waits before attempts, by {@code kind}
 *   <li>{@code salesforce.calls.used} and {@code salesforce.calls.allowed}: the org's rolling day
 *       as last stated, by everybody; after {@link #watch}
 * </ul>
 */
public final class SalesforceMetrics implements SalesforceListener {

  private final MeterRegistry registry;

  private SalesforceMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A listener that writes to a registry; the registry stays the caller's. */
  public static SalesforceMetrics of(MeterRegistry registry) {
    return new SalesforceMetrics(registry);
  }

  @Override
  public void attempted(CallAttempt attempt) {
    String kind = attempt.kind().name().toLowerCase(Locale.ROOT);
    Timer.builder("salesforce.attempts")
        .description("Attempts at calls of Salesforce")
        .tag("kind", kind)
        .tag("result", attempt.result().name().toLowerCase(Locale.ROOT))
        .tag("error", attempt.errorCode().isEmpty() ? "none" : attempt.errorCode())
        .register(registry)
        .record(attempt.took());
    if (!attempt.pause().isZero()) {
      Timer.builder("salesforce.waits")
          .description("Waits before a call is sent again")
          .tag("kind", kind)
          .register(registry)
          .record(attempt.pause());
    }
  }

  /** Also shows the org's allowance, as long as the client is in use. */
  public void watch(Salesforce salesforce) {
    gauge("salesforce.calls.used", salesforce, s -> orNaN(s.usage().dailyUsed().stream()));
    gauge("salesforce.calls.allowed", salesforce, s -> orNaN(s.usage().dailyMax().stream()));
  }

  private static double orNaN(LongStream stated) {
    return stated.asDoubleStream().findFirst().orElse(Double.NaN);
  }

  private void gauge(String name, Salesforce salesforce, ToDoubleFunction<Salesforce> value) {
    Gauge.builder(name, salesforce, value)
        .description("API calls of the org's rolling day, as last stated")
        .register(registry);
  }
}
