package edu.cumc.aou.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The function: {@code edu.cumc.aou.lambda.SyncHandler::handleRequest}.
 *
 * <p>Configured by {@code AOU_CONFIG} and the other {@code AOU_} variables. It assembles its parts
 * at the first event and keeps them for the next ones. After a failure it assembles them anew,
 * because connections and sessions may be broken. It stops before its time is over, or when a
 * Salesforce job needs longer, and answers {@code CONTINUE}; the next invocation goes on. It throws
 * only if the run failed as a whole. Lambda calls it from one thread at a time.
 *
 * <p>With SnapStart, a snapshot holds its classes and no connection.
 */
public final class SyncHandler implements RequestStreamHandler, Resource {

  private static final String REQUEST_ID = "requestId";
  private static final Logger LOG = LoggerFactory.getLogger(SyncHandler.class);

  private final FunctionSurroundings surroundings;
  private final Warm warm;

  /** Lambda calls this. */
  public SyncHandler() {
    this(FunctionSurroundings.real());
    // Drivers log by java.util.logging, and its own handler would print their messages.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    Core.getGlobalContext().register(this);
  }

  SyncHandler(FunctionSurroundings surroundings) {
    this.surroundings = surroundings;
    this.warm = new Warm(surroundings);
  }

  /**
   * Does what the event asks for and writes the answer.
   *
   * @throws SyncFailedException if the run failed as a whole; its message holds no personal data
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

  private LambdaAnswer answer(InputStream event, Context context) throws IOException {
    try {
      Order order = Order.read(event);
      Duration left = Duration.ofMillis(context.getRemainingTimeInMillis());
      Instant end = surroundings.outside().clock().instant().plus(left);
      LambdaAnswer answer =
          new Work(
                  warm,
                  new InvocationNotices(surroundings, context, warm),
                  new Metrics(surroundings),
                  order,
                  context.getAwsRequestId(),
                  end)
              .answer();
      LOG.info("status {}", answer.status());
      return answer;
    } catch (SyncException e) {
      if (e.kind() == FailureKind.ALREADY_RUNNING) {
        LOG.info("status {}: {}", LambdaAnswer.Status.ALREADY_RUNNING, e.getMessage());
        return LambdaAnswer.alreadyRunning();
      }
      throw failed(e.kind() + ": " + e.getMessage());
    } catch (RuntimeException e) {
      // Its message may contain personal data.
      StackTraceElement[] frames = e.getStackTrace();
      String where = frames.length == 0 ? "" : " at " + frames[0];
      throw failed(
          FailureKind.BUG + ": a defect of this program: " + e.getClass().getSimpleName() + where);
    }
  }

  private SyncFailedException failed(String message) {
    LOG.error("{}", message);
    warm.close();
    return new SyncFailedException(message);
  }

  /** Runs before a snapshot is taken: loads the classes, closes the connections. */
  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    warm.loadClasses();
  }

  /** Runs after a snapshot has started; the next event opens connections. */
  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    LOG.debug("started from a snapshot");
  }
}
