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

/** One sort of planned change: which rows they are, how they are written, who learns of it. */
interface WriteSort {

  SyncStep step();

  CrmObject object();

  /** The changes that are of this sort. */
  Set<Change.Action> actions();

  Operation operation();

  /** A change as it is sent. */
  WriteRow row(Change change);

  /** What the ledger keeps of a change that was written. */
  Settlement done(Change change, Written written);

  /** Enters into the mirror what Salesforce has taken. */
  void record(List<Done> written);

  /** A change and what came of it. */
  record Done(Change change, Written written) {}
}
