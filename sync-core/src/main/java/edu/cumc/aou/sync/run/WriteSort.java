package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.WriteOrder.Operation;
import edu.cumc.aou.sync.port.WriteOutcome.Written;
import edu.cumc.aou.sync.port.WriteRow;
import java.util.List;
import java.util.Set;

/**
 * One sort of planned change: which rows belong to it, how they are written, and where the results
 * go.
 */
interface WriteSort {

  SyncStep step();

  CrmObject object();

  /** The changes of this sort. */
  Set<Change.Action> actions();

  Operation operation();

  /** A change as it is sent. */
  WriteRow row(Change change);

  /** What the ledger stores about a written change. */
  Settlement done(Change change, Written written);

  /** Enters into the mirror what Salesforce has accepted. */
  void record(List<Done> written);

  /** A change and its result. */
  record Done(Change change, Written written) {}
}
