package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Fingerprint;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.MirrorTable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stores the fingerprints of participants without changes and findings, some thousand at a time.
 * Not thread-safe.
 */
final class KnownUnchanged {

  private static final int BATCH = 2000;

  private final MirrorTable mirror;
  private final Runnable before;
  private final Map<PmiId, Fingerprint> waiting = new TreeMap<>();

  /**
   * {@code before} stores the findings that must be known once nobody looks at these participants
   * again.
   */
  KnownUnchanged(MirrorTable mirror, Runnable before) {
    this.mirror = mirror;
    this.before = before;
  }

  void add(PmiId pmiId, Fingerprint fingerprint) {
    waiting.put(pmiId, fingerprint);
    if (waiting.size() >= BATCH) {
      flush();
    }
  }

  void flush() {
    if (!waiting.isEmpty()) {
      before.run();
      mirror.keepUnchanged(waiting);
      waiting.clear();
    }
  }
}
