package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.WriteOrder.Operation;
import edu.cumc.aou.sync.port.WriteOutcome.Written;
import edu.cumc.aou.sync.port.WriteRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Writes records into the recycle bin, or out of it. */
final class BinnedRecords implements WriteSort {

  private final CrmObject object;
  private final boolean delete;
  private final Map<Long, Instant> seen = new HashMap<>();

  BinnedRecords(CrmObject object, boolean delete) {
    this.object = object;
    this.delete = delete;
  }

  /** Notes the last change up to which a row's record was untouched. */
  void seen(Change change, Instant changedAt) {
    seen.put(change.seq(), changedAt);
  }

  @Override
  public SyncStep step() {
    return SyncStep.APPLY_CONTACTS;
  }

  @Override
  public CrmObject object() {
    return object;
  }

  @Override
  public Set<Change.Action> actions() {
    return Set.of(delete ? Change.Action.DELETE : Change.Action.RESTORE);
  }

  @Override
  public Operation operation() {
    return delete ? Operation.DELETE : Operation.RESTORE;
  }

  @Override
  public WriteRow row(Change change) {
    String id =
        object == CrmObject.CONTACT
            ? Objects.requireNonNull(change.contactId(), "the row names its Contact").value()
            : Objects.requireNonNull(change.journeyId(), "the row names its journey").value();
    return new WriteRow(id, FieldValues.empty(), seen.get(change.seq()));
  }

  @Override
  public Settlement done(Change change, Written written) {
    return new Settlement(change.seq(), Change.State.DONE, null, null, null, List.of());
  }

  /** The refresh after the last write shows what has gone and what has come back. */
  @Override
  public void record(List<Done> written) {}
}
