package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import java.util.List;
import java.util.Map;

/**
 * Records that a duplicate rule of the org named when it refused to create a participant. Each
 * participant has the records from the last run that met the rule.
 */
public interface MatchTable {

  /** Stores what a run learnt about some participants, and replaces what was known about them. */
  void note(RunId run, Map<PmiId, List<ContactId>> matches);

  /** What the run learnt, by participant; each list in the order of ids. */
  Map<PmiId, List<ContactId>> of(RunId run);

  /** What is known about a participant, from any run; in the order of ids. */
  List<ContactId> of(PmiId pmiId);

  /** What is known about everybody, from any run. */
  Map<PmiId, List<ContactId>> all();
}
