package edu.cumc.aou.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.SyncReport;
import edu.cumc.aou.sync.SyncRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The function: {@code edu.cumc.aou.lambda.SyncHandler::handleRequest}.
 *
 * <p>Configured by {@code AOU_CONFIG} and the other {@code AOU_} variables. What it is made of is
 * put together at the first event and kept for the next ones; after a failure it is put together
 * anew, for connections and sessions may be what is broken. It stops before the time is over and
 * answers {@code CONTINUE}; the next invocation goes on. It throws only if the run as a whole
 * failed. Lambda calls it from one thread at a time.
 */
public final class SyncHandler implements RequestStreamHandler {

  /** What is left to write the last answers to the store and the report to whoever asked. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private static final String REQUEST_ID = "requestId";
  private static final Logger LOG = LoggerFactory.getLogger(SyncHandler.class);

  private final Surroundings surroundings;
  private @Nullable SyncRuntime runtime;

  /** Called by Lambda. */
  public SyncHandler() {
    this(Surroundings.real());
    // drivers log by java.util.logging, whose own handler would print what they say
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  SyncHandler(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Runs what the event asks for and writes the answer.
   *
   * @throws SyncFailedException if the run as a whole failed; its message holds no personal data
   */
  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    MDC.put(REQUEST_ID, context.getAwsRequestId());
    try {
      answer(event, context).write(out);
    } finally {
      MDC.remove(REQUEST_ID);
    }
  }

  private Answer answer(InputStream event, Context context) throws IOException {
    try {
      Order order = Order.read(event);
      Notices notices = new Notices(surroundings, order.mode(), context);
      SyncReport report;
      try {
        report = run(order, context);
      } catch (RuntimeException e) {
        notices.tell(e, runtime);
        throw e;
      }
      report.trips().forEach(trip -> LOG.warn("{}: {}", trip.guard(), trip.message()));
      Answer answer =
          Answer.of(report, order.strict(), notices.tell(report, order.strict(), runtime));
      LOG.info("status {}", answer.status());
      return answer;
    } catch (SyncException e) {
      if (e.kind() == FailureKind.ALREADY_RUNNING) {
        LOG.info("status {}: {}", Answer.Status.ALREADY_RUNNING, e.getMessage());
        return Answer.alreadyRunning();
      }
      throw failed(e.kind() + ": " + e.getMessage());
    } catch (RuntimeException e) {
      // its text may hold anything
      StackTraceElement[] frames = e.getStackTrace();
      String where = frames.length == 0 ? "" : " at " + frames[0];
      throw failed(
          FailureKind.BUG + ": a defect of this program: " + e.getClass().getSimpleName() + where);
    }
  }

  private SyncFailedException failed(String message) {
    LOG.error("{}", message);
    SyncRuntime broken = runtime;
    runtime = null;
    if (broken != null) {
      closeQuietly(broken);
    }
    return new SyncFailedException(message);
  }

  private static void closeQuietly(SyncRuntime broken) {
    try {
      broken.close();
    } catch (RuntimeException e) {
      LOG.warn("closing failed: {}", e.getClass().getSimpleName());
    }
  }

  private SyncReport run(Order order, Context context) {
    SyncRuntime running = runtime;
    if (running == null) {
      running =
          SyncRuntime.open(
              FunctionSettings.load(surroundings), surroundings.outside(), new LogListener());
      runtime = running;
    }
    Duration left = Duration.ofMillis(context.getRemainingTimeInMillis());
    Instant deadline = surroundings.outside().clock().instant().plus(left).minus(MARGIN);
    return running
        .sync()
        .run(
            new SyncRequest(
                order.mode(),
                "aou-sync on Lambda, request " + context.getAwsRequestId(),
                order.full(),
                order.initialLoad(),
                null,
                deadline));
  }
}
