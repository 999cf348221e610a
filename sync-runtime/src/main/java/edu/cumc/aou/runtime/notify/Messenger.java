package edu.cumc.aou.runtime.notify;

import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Pause;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.report.SyncReport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notifies people how a sync ended, in every way that the settings name. It never throws: its
 * answer tells what failed, and the run stays as it was. It does not report plans. One object for
 * one run.
 *
 * <p>If a mail or webhook fails for a reason that may pass, it tries once more: twice is better
 * than not at all.
 */
public final class Messenger {

  private static final Duration BEFORE_AGAIN = Duration.ofSeconds(2);
  private static final Duration LEAST = Duration.ofMillis(1);

  private final NotifySettings settings;
  private final Clock clock;
  private final Pause pause;
  private final Path directory;
  private final Supplier<Duration> left;
  private final Instant begin;

  /**
   * Starts with the run.
   *
   * @param directory where relative paths begin
   * @param left how much time is left for notifying
   */
  public Messenger(
      NotifySettings settings, Clock clock, Pause pause, Path directory, Supplier<Duration> left) {
    this(settings, clock, pause, directory, left, clock.instant());
  }

  /**
   * The same for a run that began earlier.
   *
   * @param begin when it did
   */
  public Messenger(
      NotifySettings settings,
      Clock clock,
      Pause pause,
      Path directory,
      Supplier<Duration> left,
      Instant begin) {
    this.settings = settings;
    this.clock = clock;
    this.pause = pause;
    this.directory = directory;
    this.left = left;
    this.begin = begin;
  }

  private interface Way {
    void go(Duration limit) throws UndeliveredException;
  }

  /**
   * Reports a run that has a report.
   *
   * @param strict whether acknowledged anomalies count too
   */
  public List<Delivery> tell(SyncReport report, boolean strict, SyncStore store) {
    if (report.mode() == RunMode.PLAN || settings.isEmpty()) {
      return List.of();
    }
    Occasion occasion = Occasion.of(report, strict);
    boolean recovered =
        occasion.isGood() && report.mode() == RunMode.SYNC && wasTrouble(store, report);
    Notice notice = Notice.of(settings, report, strict, recovered, clock.instant());
    return told(notice, report, store);
  }

  private static boolean wasTrouble(SyncStore store, SyncReport report) {
    try {
      return Standing.wasTrouble(store, report.run());
    } catch (SyncException e) {
      return false;
    }
  }

  /**
   * Reports a run that failed before it had a report.
   *
   * @param stopAsked whether it was asked to stop
   * @param store null if there is none
   */
  public List<Delivery> tell(
      RunMode mode, RuntimeException failure, boolean stopAsked, @Nullable SyncStore store) {
    if (mode == RunMode.PLAN || settings.isEmpty()) {
      return List.of();
    }
    return told(Notice.of(settings, mode, failure, stopAsked, clock.instant()), null, store);
  }

  /** Sends everybody a test, whatever they subscribe to. */
  public List<Delivery> test() {
    List<Delivery> deliveries = new ArrayList<>();
    people(Notice.test(settings, clock.instant()), true, deliveries);
    return List.copyOf(deliveries);
  }

  private List<Delivery> told(
      Notice notice, @Nullable SyncReport report, @Nullable SyncStore store) {
    List<Delivery> deliveries = new ArrayList<>();
    people(notice, false, deliveries);
    if (settings.metricsFile().isPresent() && notice.mode() == RunMode.SYNC) {
      Path file = directory.resolve(settings.metricsFile().get());
      long untold = deliveries.stream().filter(d -> !d.isTold()).count();
      Duration took = Duration.between(begin, notice.at());
      Optional<Instant> lastGood = Standing.lastGood(store);
      deliveries.add(
          delivery(
              "metrics-file",
              limit -> MetricsFile.write(file, notice, report, took, lastGood, untold)));
    }
    return List.copyOf(deliveries);
  }

  private void people(Notice notice, boolean all, List<Delivery> deliveries) {
    settings
        .mail()
        .filter(mail -> all || notice.isFor(mail.on()))
        .map(MailSender::new)
        .ifPresent(m -> deliveries.add(delivery("notify.mail", limit -> m.send(notice, limit))));
    settings
        .webhook()
        .filter(webhook -> all || notice.isFor(webhook.on()))
        .map(WebhookSender::new)
        .ifPresent(w -> deliveries.add(delivery("notify.webhook", limit -> w.send(notice, limit))));
    settings
        .command()
        .filter(command -> all || notice.isFor(command.on()))
        .map(command -> new CommandRunner(command, directory))
        .ifPresent(c -> deliveries.add(delivery("notify.command", limit -> c.run(notice, limit))));
  }

  private Delivery delivery(String channel, Way way) {
    try {
      try {
        way.go(limit());
      } catch (UndeliveredException e) {
        if (!e.mayPass() || left.get().compareTo(BEFORE_AGAIN.multipliedBy(2)) < 0) {
          throw e;
        }
        pause.forDuration(BEFORE_AGAIN);
        way.go(limit());
      }
      return new Delivery(channel, null);
    } catch (UndeliveredException e) {
      return new Delivery(channel, e.getMessage());
    } catch (SyncException e) {
      // A secret that is kept elsewhere could not be read.
      return new Delivery(channel, e.getMessage());
    } catch (RuntimeException e) {
      // A failure here must not count as a failure of the run.
      return new Delivery(
          channel, "a defect of this program: " + e.getClass().getSimpleName() + "; report it");
    }
  }

  private Duration limit() {
    Duration most = left.get();
    Duration limit = settings.timeout().compareTo(most) < 0 ? settings.timeout() : most;
    return limit.compareTo(LEAST) < 0 ? LEAST : limit;
  }
}
