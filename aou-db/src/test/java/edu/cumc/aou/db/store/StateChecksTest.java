package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.DecisionTable;
import edu.cumc.aou.sync.port.FlawTable;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.JobTable;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The states that databases out there take: V10, V12 and V15 wrote them into their CHECKs. A new
 * state needs a migration that drops the CHECK and adds it with the state, and this list with it.
 */
class StateChecksTest {

  @Test
  void states_areThoseOfTheLastMigrationThatWroteThem() {
    Map<String, String> states = new TreeMap<>();
    states.put("run", Arrays.toString(RunState.values()));
    states.put("change", Arrays.toString(Change.State.values()));
    states.put("job", Arrays.toString(JobTable.State.values()));
    states.put("hold", Arrays.toString(HoldTable.Kind.values()));
    states.put("anomaly", Arrays.toString(AnomalyTable.Kind.values()));

    states.put("flaw", Arrays.toString(FlawTable.Kind.values()));
    states.put("decision", Arrays.toString(DecisionTable.Kind.values()));
    states.put("verdict", Arrays.toString(DecisionTable.Verdict.values()));

    assertThat(states)
        .isEqualTo(
            Map.of(
                "run",
                "[PLANNING, PLANNED, APPLYING, SUSPENDED, DONE, PARTIAL, GUARDED, FAILED, ABANDONED]",
                "change",
                "[PLANNED, SENT, DONE, FAILED, REFUSED, UNKNOWN, AWAITING_JOURNEY]",
                "job",
                "[OPEN, CLOSED, DONE]",
                "hold",
                "[QUARANTINE, REVIEW, UNDO, FORGOTTEN]",
                "anomaly",
                "[DOUBLED_PMI_ID, SEVERAL_JOURNEYS, MISSING_JOURNEY, ORPHAN_JOURNEY, DELETED_CONTACT, NOT_TAKEN_OVER, CHANGED_BACK, KEY_NOT_KEPT, EXISTED_BEFORE]",
                "flaw",
                "[FIELD, ROW]",
                "decision",
                "[FLAW, HOLD, ANOMALY, ADOPTION]",
                "verdict",
                "[ACKNOWLEDGED, ADOPT, NONE, KEEP, WAIT]"));
  }
}
