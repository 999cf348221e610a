package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.OrgTraits;
import edu.cumc.aou.sync.model.RunId;
import java.util.Optional;

/** The traits of the org that runs found. A run stores them only if they were new. */
public interface OrgTable {

  /** Stores what a run found, and replaces what it stored before. */
  void keep(RunId run, OrgTraits traits);

  /** What a run stored. */
  Optional<OrgTraits> keptBy(RunId run);
}
