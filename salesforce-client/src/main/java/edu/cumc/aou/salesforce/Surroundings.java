package edu.cumc.aou.salesforce;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * What the client takes from the machine. A test can replace it by virtual time, and by an org
 * without a network.
 *
 * @param clock shows how much of a call's deadline is used
 * @param pause waits between attempts
 * @param random varies the waits; the client guards it, so it need not be thread-safe
 * @param carrier answers requests in place of the network; empty for the network
 */
public record Surroundings(
    Clock clock, Pause pause, RandomGenerator random, Optional<Carrier> carrier) {

  /** On the network. */
  public Surroundings(Clock clock, Pause pause, RandomGenerator random) {
    this(clock, pause, random, Optional.empty());
  }

  /** Answers requests in place of the network, in the thread of the call. */
  @FunctionalInterface
  public interface Carrier {
    /**
     * Answers one request.
     *
     * @param headers by name; a repeated name keeps its last value
     * @param body empty if there is none
     * @throws IOException as a broken connection does
     */
    Carried carry(String method, URI uri, Map<String, String> headers, byte[] body)
        throws IOException;
  }

  /** A carrier's answer. */
  public static final class Carried {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /** With a body that may be empty. */
    public Carried(int status, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.headers = Map.copyOf(headers);
      this.body = body.clone();
    }

    public int status() {
      return status;
    }

    public Map<String, String> headers() {
      return headers;
    }

    public byte[] body() {
      return body.clone();
    }
  }

  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {
    /** Returns when the time has passed. */
    void forDuration(Duration duration) throws InterruptedException;
  }

  /** The system's clock, real waits. */
  public static Surroundings real() {
    return new Surroundings(
        Clock.systemUTC(), duration -> Thread.sleep(duration.toMillis()), new Random());
  }
}
