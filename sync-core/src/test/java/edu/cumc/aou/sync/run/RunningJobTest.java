package edu.cumc.aou.sync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunningJobTest {

  private static final Instant BEGAN = Instant.parse("2026-01-05T06:00:00Z");

  @Test
  void whatGoesOn_saysHowManyRecordsAreLeft_andHowLongTheyTake() {
    assertThat(new RunningJob(5_000, 2_000, BEGAN).whatGoesOn(BEGAN.plusSeconds(120)))
        .contains("3,000 of 5,000 records to go, about 3 min", "the next sync takes up");
    assertThat(new RunningJob(5_000, 4_900, BEGAN).whatGoesOn(BEGAN.plusSeconds(60)))
        .contains("100 of 5,000 records to go, less than a minute");
    assertThat(new RunningJob(5_000, 0, BEGAN).whatGoesOn(BEGAN.plusSeconds(60)))
        .contains("5,000 of 5,000 records to go, and has reported no progress yet");
  }
}
