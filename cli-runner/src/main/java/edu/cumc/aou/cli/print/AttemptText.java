package edu.cumc.aou.cli.print;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.AttemptTable.Attempt;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports failed attempts, and how old the last good sync is. */
public final class AttemptText {

  /** A site syncs every morning, and some syncs take longer; after this time one was missed. */
  private static final Duration MORNING = Duration.ofHours(26);

  private AttemptText() {}

  /** When the last good sync ended; empty if none ever did. */
  public static Optional<Instant> lastGoodSync(SyncStore store) {
    return store.runs().lastDone(1).stream().map(Run::finishedAt).findFirst();
  }

  /** One line if the last good sync is more than a day old; none otherwise, or before the first. */
  public static Optional<String> warning(SyncStore store, Instant now, ZoneId zone) {
    return lastGoodSync(store)
        .filter(done -> done.plus(MORNING).isBefore(now))
        .map(
            done ->
                "The last good sync ended "
                    + age(Duration.between(done, now))
                    + " ago ("
                    + Words.moment(done, zone)
                    + "): Salesforce shows that day.");
  }

  private static String age(Duration age) {
    return age.toDays() >= 2
        ? Words.count(age.toDays(), "day")
        : Words.count(Math.max(1, age.toHours()), "hour");
  }

  /** The attempts as lines, the newest first; none if there are none. */
  public static List<String> lines(List<Attempt> attempts, ZoneId zone) {
    List<String> lines = new ArrayList<>();
    if (attempts.isEmpty()) {
      return lines;
    }
    lines.add("Attempts that came to nothing, or not to their end");
    for (Attempt attempt : attempts) {
      lines.add(
          "  "
              + Words.moment(attempt.at(), zone)
              + "  "
              + Words.lower(attempt.mode())
              + (attempt.run() == null ? "" : " (run " + attempt.run() + ")")
              + (attempt.kind().equals(Attempt.STOPPED)
                  ? ", stopped by somebody: "
                  : ", exit " + attempt.exitCode() + ": ")
              + attempt.message());
    }
    return lines;
  }

  /** Adds the attempts to a document, as {@code attempts}. */
  public static void add(List<Attempt> attempts, ObjectNode document) {
    ArrayNode array = document.putArray("attempts");
    for (Attempt attempt : attempts) {
      array
          .addObject()
          .put("at", attempt.at().toString())
          .put("mode", ConfigSection.word(attempt.mode()))
          .put("run", attempt.run() == null ? null : attempt.run().value())
          .put("kind", attempt.kind())
          .put("message", attempt.message())
          .put("exitCode", attempt.exitCode());
    }
  }

  /**
   * Why a run is not done, from its newest attempt; no lines if it is done, or if nothing is known.
   */
  public static List<String> cause(RunState state, @Nullable Attempt attempt, ZoneId zone) {
    if (attempt == null || state == RunState.DONE || state == RunState.PLANNED) {
      return List.of();
    }
    String what =
        attempt.kind().equals(Attempt.STOPPED) ? "Stopped by somebody" : "Stopped by an error";
    return List.of(what + " on " + Words.moment(attempt.at(), zone) + ": " + attempt.message(), "");
  }
}
