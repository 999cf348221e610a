package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import org.jspecify.annotations.Nullable;

/** Takes what the planner finds. */
interface PlanSink {

  /** The position of the next change. */
  long nextSeq();

  void add(Change change);

  void add(Anomaly anomaly);

  /** Keeps marks for the mirror. */
  void note(
      CrmObject object,
      PmiId pmiId,
      ContactId contactId,
      @Nullable JourneyId journeyId,
      SentValues marks);
}
