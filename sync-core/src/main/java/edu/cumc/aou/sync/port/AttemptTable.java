package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attempts that did not become a run, or did not finish one: {@code status} shows them, for example
 * when a login was refused. Messages come from this program and hold no personal data. Thread-safe.
 */
public interface AttemptTable {

  /** The longest message to store; longer ones lose their middle. */
  int LONGEST_MESSAGE = 2_000;

  /** Stores an attempt. */
  void add(Attempt attempt);

  /** The newest attempts, newest first. */
  List<Attempt> latest(int limit);

  /** The newest failed attempt of this run; null if there is none. */
  @Nullable Attempt ofRun(RunId run);

  /** Removes older attempts. */
  void removeBefore(Instant moment);

  /**
   * One attempt.
   *
   * @param at when it ended
   * @param run the run that it started or resumed; null if none
   * @param kind the {@code FailureKind} in lower case, or {@code stopped} if it was stopped
   * @param message what happened and what to do
   * @param exitCode the command's exit code
   */
  record Attempt(
      Instant at, RunMode mode, @Nullable RunId run, String kind, String message, int exitCode) {

    /** The kind of an attempt that was stopped. */
    public static final String STOPPED = "stopped";

    public Attempt {
      if (message.length() > LONGEST_MESSAGE) {
        int half = LONGEST_MESSAGE / 2 - 3;
        message = message.substring(0, half) + " … " + message.substring(message.length() - half);
      }
    }
  }
}
