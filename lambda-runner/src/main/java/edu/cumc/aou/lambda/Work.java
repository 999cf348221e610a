package edu.cumc.aou.lambda;

import edu.cumc.aou.runtime.notify.Delivery;
import edu.cumc.aou.sync.check.CheckUp;
import edu.cumc.aou.sync.check.Finding;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.Retries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what one event asks for. */
final class Work {

  /** The time to write the last answers to the store and to answer the caller. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** A longer wait for a job costs more than the next invocation. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(Work.class);

  private final Warm warm;
  private final InvocationNotices notices;
  private final Metrics metrics;
  private final Order order;
  private final String holder;
  private final Instant deadline;

  /**
   * @param end when Lambda stops the function
   */
  Work(
      Warm warm,
      InvocationNotices notices,
      Metrics metrics,
      Order order,
      String request,
      Instant end) {
    this.warm = warm;
    this.notices = notices;
    this.metrics = metrics;
    this.order = order;
    this.holder = "aou-sync on Lambda, request " + request;
    this.deadline = end.minus(MARGIN);
  }

  /**
   * Does it.
   *
   * @throws SyncException if the run failed as a whole; people and metrics have been told
   */
  LambdaAnswer answer() {
    return switch (order.task()) {
      case CHECK -> check();
      case NOTIFY -> test();
      case SYNC, RETRY -> told(false);
      case PLAN -> told(true);
    };
  }

  private LambdaAnswer check() {
    List<Finding> findings =
        CheckUp.run(warm.runtime().services(), warm.settings().orElseThrow().sync(), false);
    findings.stream()
        .filter(f -> f.level() != Finding.Level.OK)
        .forEach(f -> LOG.warn("check: {}: {} {}", f.subject(), f.message(), f.advice()));
    return LambdaAnswer.of(findings);
  }

  private LambdaAnswer test() {
    List<Delivery> deliveries = notices.test();
    if (deliveries.isEmpty()) {
      throw new SyncException(
          FailureKind.CONFIG,
          "notify: nobody is named; say notify.mail or notify.webhook in the configuration");
    }
    return LambdaAnswer.ofTest(deliveries);
  }

  private LambdaAnswer told(boolean quietly) {
    try {
      Optional<SyncReport> report = run();
      if (report.isEmpty()) {
        return LambdaAnswer.nobody();
      }
      return told(report.get(), quietly);
    } catch (RuntimeException e) {
      notices.tell(mode(), e, warm.opened());
      if (!quietly) {
        metrics.failed(e, warm);
      }
      throw e;
    }
  }

  private LambdaAnswer told(SyncReport report, boolean quietly) {
    report.trips().forEach(trip -> LOG.warn("{}: {}", trip.guard(), trip.message()));
    if (report.audit().head() != null) {
      // Kept outside the database, so that its owner cannot change it.
      LOG.info("audit trail {}", report.audit().head().text());
    }
    boolean over = report.state() != RunState.SUSPENDED;
    List<Delivery> deliveries =
        over ? notices.tell(report, order.strict(), warm.runtime()) : List.of();
    LambdaAnswer answer = LambdaAnswer.of(report, order.strict(), deliveries, warm.takeWait());
    if (!quietly) {
      metrics.ended(report, answer.status(), warm);
    }
    return answer;
  }

  /** Empty if there is nobody to retry. */
  private Optional<SyncReport> run() {
    Optional<SyncRequest> request =
        switch (order.task()) {
          case RETRY -> retry();
          case PLAN -> Optional.of(whole(RunMode.PLAN));
          default -> Optional.of(whole(RunMode.SYNC));
        };
    return request.map(r -> warm.runtime().sync().run(r.within(deadline, PATIENCE)));
  }

  private RunMode mode() {
    return order.task() == Task.PLAN
        ? RunMode.PLAN
        : order.task() == Task.RETRY ? RunMode.RETRY : RunMode.SYNC;
  }

  private SyncRequest whole(RunMode mode) {
    return new SyncRequest(mode, holder, order.full(), order.initialLoad(), null, deadline);
  }

  private Optional<SyncRequest> retry() {
    SyncStore store = warm.runtime().services().store();
    store.verify();
    if (Retries.unsent(store).filter(r -> r.state() == RunState.SUSPENDED).isPresent()) {
      // A retry ran out of time: a sync resumes it, and does nothing else.
      return Optional.of(whole(RunMode.SYNC));
    }
    Set<PmiId> candidates = Retries.candidates(store);
    return candidates.isEmpty()
        ? Optional.empty()
        : Optional.of(SyncRequest.retry(holder, candidates, order.initialLoad()));
  }
}
