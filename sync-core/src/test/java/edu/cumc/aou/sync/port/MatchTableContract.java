package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.STAMP;
import static edu.cumc.aou.sync.port.StoreFixtures.contact;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshFully;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a {@link MatchTable} must do. */
public interface MatchTableContract extends StoreContractPart {

  @Test
  default void matches_lastRunThatMetTheRule_counts() {
    RunId first = ended();
    RunId second = ended();
    store().matches().note(first, Map.of(pmiId(1), List.of(contactId(9), contactId(8))));
    store().matches().note(first, Map.of(pmiId(2), List.of(contactId(9), contactId(9))));
    store().matches().note(second, Map.of(pmiId(1), List.of(contactId(7))));
    store().matches().note(second, Map.of());

    assertThat(store().matches().of(first)).isEqualTo(Map.of(pmiId(2), List.of(contactId(9))));
    assertThat(store().matches().of(second)).isEqualTo(Map.of(pmiId(1), List.of(contactId(7))));
    assertThat(store().matches().all())
        .isEqualTo(Map.of(pmiId(1), List.of(contactId(7)), pmiId(2), List.of(contactId(9))));
    assertThat(store().matches().of(pmiId(1))).containsExactly(contactId(7));
    assertThat(store().matches().of(pmiId(3))).isEmpty();
  }

  @Test
  default void matches_goWithTheirRun() {
    RunId run = ended();
    RunId other = ended();
    store().matches().note(run, Map.of(pmiId(1), List.of(contactId(7))));
    store().matches().note(other, Map.of(pmiId(2), List.of(contactId(7))));

    store().runs().beginRemoval(run);
    store().runs().remove(run);

    assertThat(store().matches().all()).containsOnlyKeys(pmiId(2));
  }

  @Test
  default void matches_ofWhoIsForgotten_areGone_alsoWhereTheContactIsTheOneMeant() {
    RunId run = ended();
    refreshFully(store(), List.of(contact(3, 3)), List.of());
    store()
        .matches()
        .note(
            run,
            Map.of(pmiId(1), List.of(contactId(7)), pmiId(2), List.of(contactId(3), contactId(8))));

    store().personalData().forget(List.of(pmiId(1), pmiId(3)), STAMP);

    assertThat(store().matches().of(run)).isEqualTo(Map.of(pmiId(2), List.of(contactId(8))));
  }

  private RunId ended() {
    RunId run = store().runs().create(RunMode.SYNC, RunTableContract.ORG, "fingerprint", STAMP);
    store().runs().finish(run, RunState.DONE, STAMP);
    return run;
  }
}
