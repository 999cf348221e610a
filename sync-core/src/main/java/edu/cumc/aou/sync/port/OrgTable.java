package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.OrgTraits;
import edu.cumc.aou.sync.model.RunId;
import java.util.Optional;

/** What runs found the org to be like. A run keeps what it found where that was news. */
public interface OrgTable {

  /** Keeps what a run found, in place of what it kept before. */
  void keep(RunId run, OrgTraits traits);

  /** What a run kept. */
  Optional<OrgTraits> keptBy(RunId run);
}
