package edu.cumc.aou.sync.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * An ingest job that Salesforce works on, whether we watch or not.
 *
 * @param processed how many of its records are done
 */
record RunningJob(int records, long processed, Instant since) {

  /** What a person who stops the run now should know. */
  String whatGoesOn(Instant now) {
    long left = Math.max(0, records - processed);
    return String.format(
            Locale.ROOT,
            "Salesforce still works on an ingest job, with %,d of %,d records to go, ",
            left,
            records)
        + howLong(left, Duration.between(since, now))
        + "; nothing else is sent, and the next sync takes up what came of it";
  }

  private String howLong(long left, Duration elapsed) {
    if (processed <= 0) {
      return "and has reported no progress yet";
    }
    long seconds = elapsed.multipliedBy(left).dividedBy(processed).toSeconds();
    return seconds < 60
        ? "less than a minute at its pace"
        : "about " + (seconds + 59) / 60 + " min at its pace";
  }
}
