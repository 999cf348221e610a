package edu.cumc.aou.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.demo.VirtualTime;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.SyncListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlainProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final VirtualTime time = new VirtualTime(Instant.EPOCH);
  private final SyncListener listener =
      new PlainProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), time, 0);

  @Test
  void shortStep_isOneLine() {
    listener.stepStarted(SyncStep.PLAN);
    listener.progress(SyncStep.PLAN, 2000, -1);
    listener.stepFinished(SyncStep.PLAN, Duration.ofSeconds(12), 1);

    assertThat(lines()).containsExactly("Comparing participants: 12 s, 1 call");
  }

  @Test
  void longStep_givesSignsOfLifeButNotOneForEachBatch() {
    listener.stepStarted(SyncStep.APPLY_CONTACTS);
    for (int batch = 1; batch <= 10; batch++) {
      time.forDuration(Duration.ofSeconds(5));
      listener.progress(SyncStep.APPLY_CONTACTS, batch * 200L, 2000);
    }

    assertThat(lines())
        .containsExactly(
            "Sending Contacts ... 600 of 2,000",
            "Sending Contacts ... 1,200 of 2,000",
            "Sending Contacts ... 1,800 of 2,000");
  }

  private String[] lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toArray(String[]::new);
  }
}
