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
 * Tells how a sync ended, in all the ways that the settings name. It never throws: what could not
 * be told is in its answer, and the run stays what it was. Of plans nobody is told. One object, one
 * run.
 *
 * <p>Mail and webhooks that fail for a reason that may pass are tried once more: told twice is
 * better than not told.
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
   * Begins with the run.
   *
   * @param directory where relative paths begin
   * @param left how much time there still is for telling
   */
  public Messenger(
      NotifySettings settings, Clock clock, Pause pause, Path directory, Supplier<Duration> left) {
    this.settings = settings;
    this.clock = clock;
    this.pause = pause;
    this.directory = directory;
    this.left = left;
    this.begin = clock.instant();
  }

  private interface Way {
    void go(Duration limit) throws UndeliveredException;
  }

  /**
   * Tells of a run that came to a report.
   *
   * @param strict whether anomalies that are acknowledged count too
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
   * Tells of a run that did not come to a report.
   *
   * @param stopAsked whether somebody asked it to stop
   * @param store null if there is none
   */
  public List<Delivery> tell(
      RunMode mode, RuntimeException failure, boolean stopAsked, @Nullable SyncStore store) {
    if (mode == RunMode.PLAN || settings.isEmpty()) {
      return List.of();
    }
    return told(Notice.of(settings, mode, failure, stopAsked, clock.instant()), null, store);
  }

  /** Tells everybody that this is a test, whatever they want to hear of. */
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
      // a secret that is kept elsewhere could not be read
      return new Delivery(channel, e.getMessage());
    } catch (RuntimeException e) {
      // nothing that goes wrong here may be taken for a failure of the run
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
