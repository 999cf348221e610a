package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.RunId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The attempts that {@link InMemorySyncStore} knows of. */
final class InMemoryAttemptTable implements AttemptTable {

  private final CallGate gate;
  private final Deque<Attempt> attempts = new ArrayDeque<>();

  InMemoryAttemptTable(CallGate gate) {
    this.gate = gate;
  }

  @Override
  public void add(Attempt attempt) {
    gate.counted(() -> attempts.addFirst(attempt));
  }

  @Override
  public List<Attempt> latest(int limit) {
    return gate.uncounted(() -> attempts.stream().limit(limit).toList());
  }

  @Override
  public Attempt ofRun(RunId run) {
    return gate.uncounted(
        () -> attempts.stream().filter(a -> run.equals(a.run())).findFirst().orElse(null));
  }

  @Override
  public void removeBefore(Instant moment) {
    gate.counted(
        () -> {
          boolean unused = attempts.removeIf(a -> a.at().isBefore(moment));
        });
  }
}
