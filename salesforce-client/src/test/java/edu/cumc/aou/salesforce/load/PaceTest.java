package edu.cumc.aou.salesforce.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How late the end of a job is noticed, and how many looks that costs. */
class PaceTest {

  private static final Duration LOOK = Duration.ofMillis(32);

  private final Pace pace = new Pace();
  private Instant now = Instant.EPOCH;
  private int looks;

  /**
   * Follows a job whose rows are written one after the other once it has begun.
   *
   * @return how late its end was seen by the org's look
   */
  private Duration lateness(long rows, Duration queued, double millisPerRow) {
    Instant began = now.plus(queued);
    Instant end = began.plusMillis(Math.round(rows * millisPerRow));
    pace.begins(rows, now);
    Duration wait = pace.first(now);
    while (true) {
      Instant asked = now.plus(wait);
      // the org takes its time before it looks
      Instant seen = asked.plus(LOOK.minusMillis(2));
      now = asked.plus(LOOK);
      looks++;
      if (!seen.isBefore(end)) {
        pace.over(rows, now);
        return Duration.between(end, seen);
      }
      long processed =
          Math.max(0, Math.round(Duration.between(began, seen).toMillis() / millisPerRow));
      wait = pace.next(processed, asked, now);
    }
  }

  @Test
  void endOfTwoJobs_isSeenAtOnce_byThreeLooks() {
    Duration first = lateness(10_000, Duration.ZERO, 0.1);
    Duration second = lateness(10_000, Duration.ZERO, 0.1);

    assertThat(first).isLessThan(Duration.ofMillis(20));
    assertThat(second).isLessThan(Duration.ofMillis(40));
    assertThat(looks).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 3, 20})
  void endOfManyJobs_isSeenSoon_byFewLooks(double millisPerRow) {
    for (int job = 0; job < 20; job++) {
      Duration late = lateness(10_000, Duration.ZERO, millisPerRow);

      assertThat(late.toMillis())
          .as("job %d", job)
          .isLessThan(Math.max(job == 0 ? 500 : 70, Math.round(10_000 * millisPerRow * 0.1)));
    }
    assertThat(looks).isLessThan(20 * 8);
  }

  /** The wait for its turn is no part of its pace. */
  @ParameterizedTest
  @ValueSource(ints = {700, 1_100, 3_000, 20_000})
  void jobThatWaitsForItsTurn_isSeenSoonAfterItsEnd_andSoIsTheNext(int queuedMillis) {
    assertThat(lateness(10_000, Duration.ofMillis(queuedMillis), 0.1))
        .isLessThan(Duration.ofMillis(queuedMillis / 2));
    assertThat(lateness(10_000, Duration.ZERO, 0.1)).isLessThan(Duration.ofMillis(500));
  }
}
