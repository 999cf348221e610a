package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import java.util.List;
import java.util.Map;

/**
 * The records that a duplicate rule of the org named when it refused to create somebody. What is
 * known of a participant is what the last run that met the rule learnt.
 */
public interface MatchTable {

  /** Notes what was learnt of some participants, in place of what was known of them. */
  void note(RunId run, Map<PmiId, List<ContactId>> matches);

  /** What the run learnt, by participant; each in the order of the ids. */
  Map<PmiId, List<ContactId>> of(RunId run);

  /** What is known of a participant, whichever run learnt it; in the order of the ids. */
  List<ContactId> of(PmiId pmiId);

  /** What is known of everybody, whichever run learnt it. */
  Map<PmiId, List<ContactId>> all();
}
