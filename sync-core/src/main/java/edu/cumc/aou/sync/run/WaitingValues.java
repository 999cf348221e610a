package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Change.State;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.plan.PlanTallies;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import edu.cumc.aou.sync.port.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of a run that still wait for their journey when everything else was sent. */
final class WaitingValues {

  private static final int PAGE = 500;

  private final RunContext context;

  WaitingValues(RunContext context) {
    this.context = context;
  }

  /**
   * Reports participants with several Contacts or journeys. Values that wait for their journey are
   * held until a person decides; the next sync would find the same and hold them before sending.
   * Values that were compared with another journey than the Contact has now are not sent.
   */
  void hold() {
    context.store().anomalies().look(context.run());
    ChangePages waiting =
        new ChangePages(
            context.changes(),
            context.run(),
            CrmObject.JOURNEY,
            Set.of(Change.Action.UPDATE),
            Set.of(Change.State.AWAITING_JOURNEY),
            PAGE);
    for (List<Change> page : waiting) {
      Map<PmiId, MirrorEntry> entries = context.mirrored(page);
      List<Settlement> held = new ArrayList<>();
      for (Change change : page) {
        MirrorEntry entry = entries.get(change.pmiId());
        String code = entry == null ? null : whyNoJourney(change, entry.live());
        if (code != null) {
          held.add(new Settlement(change.seq(), State.REFUSED, null, null, code, List.of()));
        }
      }
      context.lease().keep();
      context.changes().settle(context.run(), held);
    }
  }

  private static @Nullable String whyNoJourney(Change change, List<MirroredContact> live) {
    if (live.size() > 1) {
      return PlanTallies.DOUBLED_PMI_ID;
    }
    List<MirroredJourney> journeys = live.isEmpty() ? List.of() : live.get(0).journeys();
    if (journeys.size() > 1) {
      return PlanTallies.SEVERAL_JOURNEYS;
    }
    boolean isAnother =
        journeys.size() == 1
            && change.journeyId() != null
            && !journeys.get(0).id().equals(change.journeyId());
    return isAnother ? WriteOutcome.GONE_SINCE : null;
  }
}
