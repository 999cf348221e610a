package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.all;
import static edu.cumc.aou.sync.port.StoreFixtures.contact;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshFully;
import static edu.cumc.aou.sync.port.StoreFixtures.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemorySyncStoreTest extends SyncStoreContract {

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final VirtualClock clock = new VirtualClock();
  private InMemorySyncStore memory;

  @Override
  protected SyncStore newStore() {
    memory = new InMemorySyncStore(clock);
    return memory;
  }

  @Override
  public void passTime(Duration duration) {
    clock.advance(duration);
  }

  @Override
  public List<RelationshipRow> relationships() {
    return memory.relationships();
  }

  @Override
  public void tamper(Tampering what, RunId run, long number) {
    memory.audit().tamper(what, run, number);
  }

  @Test
  void failBefore_nthMutation_hasNoEffectAndHappensOnce() {
    memory.failBefore(2, Killed::new);
    run(memory);

    assertThatThrownBy(() -> run(memory)).isInstanceOf(Killed.class);

    assertThat(memory.runs().latest(10)).hasSize(1);
    run(memory);
    assertThat(memory.runs().latest(10)).hasSize(2);
    assertThat(memory.mutations()).isEqualTo(3);
  }

  @Test
  void failAfter_nthMutation_hasItsEffect() {
    memory.failAfter(1, Killed::new);

    assertThatThrownBy(() -> refreshFully(memory, List.of(contact(1, 1)), List.of()))
        .isInstanceOf(Killed.class);

    assertThat(all(memory.mirror().read())).hasSize(1);
  }
}
