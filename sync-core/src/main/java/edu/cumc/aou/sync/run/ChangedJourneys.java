package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.plan.SentMarks;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.MirrorTable.WrittenJourney;
import edu.cumc.aou.sync.port.WriteOrder.Operation;
import edu.cumc.aou.sync.port.WriteOutcome.Written;
import edu.cumc.aou.sync.port.WriteRow;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Writes journeys to change. */
final class ChangedJourneys implements WriteSort {

  private final RunContext context;

  ChangedJourneys(RunContext context) {
    this.context = context;
  }

  @Override
  public SyncStep step() {
    return SyncStep.APPLY_JOURNEYS;
  }

  @Override
  public CrmObject object() {
    return CrmObject.JOURNEY;
  }

  @Override
  public Set<Change.Action> actions() {
    return Set.of(Change.Action.UPDATE);
  }

  @Override
  public Operation operation() {
    return Operation.UPDATE;
  }

  @Override
  public WriteRow row(Change change) {
    return new WriteRow(idOf(change).value(), change.newValues());
  }

  private static JourneyId idOf(Change change) {
    return Objects.requireNonNull(change.journeyId(), "an update names its journey");
  }

  @Override
  public Settlement done(Change change, Written written) {
    return new Settlement(change.seq(), Change.State.DONE, null, idOf(change), null, List.of());
  }

  @Override
  public void record(List<Done> written) {
    context
        .store()
        .mirror()
        .recordJourneys(
            written.stream()
                .map(
                    d ->
                        new WrittenJourney(
                            idOf(d.change()), d.change().newValues(), SentMarks.of(d.change())))
                .toList());
  }
}
