package edu.cumc.aou.sync.port;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.port.AttemptTable.Attempt;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What an {@link AttemptTable} must do. */
public interface AttemptTableContract extends StoreContractPart {

  Instant SEVEN = Instant.parse("2026-01-05T12:00:00Z");

  @Test
  default void attempts_areKept_newestFirst() {
    Attempt refused = new Attempt(SEVEN, RunMode.SYNC, null, "auth", "login refused", 3);
    Attempt failed =
        new Attempt(
            SEVEN.plus(Duration.ofHours(1)),
            RunMode.SYNC,
            new RunId(7),
            "unavailable",
            "Salesforce cannot be reached",
            4);
    store().attempts().add(refused);
    store().attempts().add(failed);

    assertThat(store().attempts().latest(10)).containsExactly(failed, refused);
    assertThat(store().attempts().latest(1)).containsExactly(failed);
    assertThat(store().attempts().ofRun(new RunId(7))).isEqualTo(failed);
    assertThat(store().attempts().ofRun(new RunId(8))).isNull();
  }

  @Test
  default void attempt_whoseMessageIsLong_keepsItsBeginningAndItsEnd() {
    String message = "What happened: " + "x".repeat(5_000) + " set that";
    store().attempts().add(new Attempt(SEVEN, RunMode.PLAN, null, "config", message, 3));

    assertThat(store().attempts().latest(1).get(0).message())
        .startsWith("What happened: ")
        .endsWith(" set that")
        .hasSizeLessThanOrEqualTo(AttemptTable.LONGEST_MESSAGE);
  }

  @Test
  default void attempts_thatAreOld_areRemoved() {
    Attempt old = new Attempt(SEVEN, RunMode.SYNC, null, "auth", "login refused", 3);
    Attempt young =
        new Attempt(SEVEN.plus(Duration.ofDays(1)), RunMode.SYNC, null, "stopped", "stopped", 143);
    store().attempts().add(old);
    store().attempts().add(young);

    store().attempts().removeBefore(SEVEN.plus(Duration.ofHours(1)));

    assertThat(store().attempts().latest(10)).containsExactly(young);
  }
}
