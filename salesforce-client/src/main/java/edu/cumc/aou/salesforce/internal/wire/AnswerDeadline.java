package edu.cumc.aou.salesforce.internal.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Ends an exchange that takes too long. A socket's own timeout starts anew with each byte, so a
 * trickling body would never end. So this class reads the body itself, which costs nothing where
 * the answer is one JSON document. It passes files of records on as they come, see {@link
 * PacedStream}. Thread-safe.
 */
public final class AnswerDeadline implements ExecChainHandler {

  /** The answer to a request that accepts this is a stream. */
  public static final String STREAMED = "text/csv";

  /** An upload at this speed is still allowed; its time adds to the answer's. */
  private static final long SLOWEST_UPLOAD = 64 * 1024;

  private final Duration limit;
  private final int mostBytes;
  private final ScheduledExecutorService timer;

  /** The answer did not end in time. */
  public static final class ExceededException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The answer is too long for memory. */
  public static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  AnswerDeadline(Duration limit, int mostBytes, ScheduledExecutorService timer) {
    this.limit = limit;
    this.mostBytes = mostBytes;
    this.timer = timer;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    HttpEntity sent = request.getEntity();
    if (sent != null && sent.getContentLength() == 0 && !request.getMethod().startsWith("P")) {
      // feign-hc5 gives every request a body, which servers may refuse with GET and DELETE.
      request.setEntity(null);
    }
    AtomicBoolean ended = new AtomicBoolean();
    ScheduledFuture<?> end =
        timer.schedule(
            () -> {
              ended.set(true);
              scope.execRuntime.discardEndpoint();
            },
            limit.toMillis() + uploadSeconds(sent) * 1000,
            TimeUnit.MILLISECONDS);
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      try {
        HttpEntity entity = response.getEntity();
        if (entity != null && response.getCode() == 200 && isStreamed(request)) {
          Runnable drop = scope.execRuntime::discardEndpoint;
          response.setEntity(
              new StreamedEntity(entity, new PacedStream(entity.getContent(), limit, timer, drop)));
        } else if (entity != null) {
          byte[] body = read(entity);
          response.setEntity(
              new ByteArrayEntity(body, ContentType.parseLenient(entity.getContentType())));
        }
        return response;
      } catch (IOException | RuntimeException e) {
        scope.execRuntime.discardEndpoint();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      if (ended.get()) {
        throw new ExceededException();
      }
      throw e;
    } finally {
      end.cancel(false);
    }
  }

  private static long uploadSeconds(@Nullable HttpEntity sent) {
    return sent == null ? 0 : Math.max(0, sent.getContentLength()) / SLOWEST_UPLOAD;
  }

  private static boolean isStreamed(ClassicHttpRequest request) {
    Header accept = request.getFirstHeader("Accept");
    return accept != null && STREAMED.equals(accept.getValue());
  }

  /** A body to read once, of an unreliable length. */
  private static final class StreamedEntity extends HttpEntityWrapper {
    private final InputStream content;

    StreamedEntity(HttpEntity entity, InputStream content) {
      super(entity);
      this.content = content;
    }

    @Override
    public InputStream getContent() {
      return content;
    }

    /** Feign buffers a body that claims to be short. */
    @Override
    public long getContentLength() {
      return -1;
    }
  }

  private byte[] read(HttpEntity entity) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream in = entity.getContent()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (out.size() + n > mostBytes) {
          throw new TooLongException();
        }
        out.write(buffer, 0, n);
      }
    }
    return out.toByteArray();
  }
}
