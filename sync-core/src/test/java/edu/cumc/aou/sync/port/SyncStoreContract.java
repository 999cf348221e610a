package edu.cumc.aou.sync.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a {@link SyncStore} must do; its parts state what each of the tables must do. A backend
 * extends this class and gets the tests of all parts.
 */
public abstract class SyncStoreContract
    implements LeaseTableContract,
        HeldStoreContract,
        InterruptedRefreshContract,
        RunTableContract,
        MirrorTableContract,
        MirrorRefreshContract,
        FingerprintContract,
        ChangeTableContract,
        JobTableContract,
        FailureRowsContract,
        RunRemovalContract,
        AwaitingJourneyContract,
        HoldTableContract,
        AnomalyTableContract,
        AttemptTableContract,
        AuditTableContract,
        FlawTableContract,
        IdTablesContract,
        MatchTableContract,
        PersonalDataContract {

  private SyncStore store;

  /** Opens a store with empty tables. Called once for each test. */
  protected abstract SyncStore newStore();

  /** Opens the store of this test. */
  @BeforeEach
  public final void openStore() {
    store = newStore();
  }

  /** Closes the store of this test. */
  @AfterEach
  public final void closeStore() {
    if (store != null) {
      store.close();
    }
  }

  @Override
  public final SyncStore store() {
    return store;
  }

  @Test
  void verify_tablesAreThere_agrees() {
    assertThatCode(() -> store().verify()).doesNotThrowAnyException();
  }

  @Test
  void probe_leavesNothing_andMayBeRepeated() {
    store().probe();
    store().probe();

    assertThat(store().runs().boundOrg()).isEmpty();
    assertThat(store().runs().latest(10)).isEmpty();
  }
}
