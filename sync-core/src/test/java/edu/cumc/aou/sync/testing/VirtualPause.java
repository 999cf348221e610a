package edu.cumc.aou.sync.testing;

import edu.cumc.aou.sync.port.Pause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A pause that takes no time: it moves the clock and remembers what it was asked. Thread-safe. */
public final class VirtualPause implements Pause {

  private final VirtualClock clock;
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();

  public VirtualPause(VirtualClock clock) {
    this.clock = clock;
  }

  @Override
  public void forDuration(Duration duration) {
    pauses.add(duration);
    clock.advance(duration);
  }

  /** All pauses so far, oldest first. */
  public List<Duration> pauses() {
    return List.copyOf(pauses);
  }
}
