package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that came to nothing, or not to their end: what {@code status} shows of a morning
 * whose login was refused. Messages are those of this program, without personal data. Thread-safe.
 */
public interface AttemptTable {

  /** The longest message that is kept; longer ones lose their middle. */
  int LONGEST_MESSAGE = 2_000;

  /** Keeps an attempt. */
  void add(Attempt attempt);

  /** The newest attempts, newest first. */
  List<Attempt> latest(int limit);

  /** The newest attempt of this run; null if it had none that failed. */
  @Nullable Attempt ofRun(RunId run);

  /** Removes what is older. */
  void removeBefore(Instant moment);

  /**
   * One attempt.
   *
   * @param at when it ended
   * @param run the run it began, or went on with; null if it came to none
   * @param kind the {@code FailureKind} in lower case, or {@code stopped} if somebody stopped it
   * @param message what happened and what to do
   * @param exitCode what the command ended with
   */
  record Attempt(
      Instant at, RunMode mode, @Nullable RunId run, String kind, String message, int exitCode) {

    /** The kind of an attempt that somebody stopped. */
    public static final String STOPPED = "stopped";

    public Attempt {
      if (message.length() > LONGEST_MESSAGE) {
        int half = LONGEST_MESSAGE / 2 - 3;
        message = message.substring(0, half) + " … " + message.substring(message.length() - half);
      }
    }
  }
}
