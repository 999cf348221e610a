package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Fingerprint;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.SourceEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares participants field by field when their fingerprint has changed or is missing. Reads
 * their mirror entries, some hundred at a time, and keeps their order. Not thread-safe.
 */
final class LongWay {

  /** Holds this many source rows at once. */
  private static final int BATCH = 400;

  private final MirrorTable mirror;
  private final ParticipantPlanner participants;
  private final PlainOutcomes outcomes;
  private final KnownUnchanged unchanged;
  private final FlawBook flaws;
  private final List<Waiting> waiting = new ArrayList<>(BATCH);

  LongWay(
      MirrorTable mirror,
      ParticipantPlanner participants,
      PlainOutcomes outcomes,
      KnownUnchanged unchanged,
      FlawBook flaws) {
    this.mirror = mirror;
    this.participants = participants;
    this.outcomes = outcomes;
    this.unchanged = unchanged;
    this.flaws = flaws;
  }

  /**
   * A participant who waits for a decision.
   *
   * @param mirrored whether the mirror has anything of them
   * @param fingerprint to store if nothing changes; null if it must not be stored
   * @param selected false for a participant outside this plan
   * @param known the flaws known before
   */
  record Waiting(
      SourceEntry entry,
      boolean mirrored,
      @Nullable Hold hold,
      @Nullable Fingerprint fingerprint,
      boolean selected,
      List<Flaw> known) {
    Waiting {
      known = List.copyOf(known);
    }
  }

  void add(Waiting one) {
    waiting.add(one);
    if (waiting.size() >= BATCH) {
      flush();
    }
  }

  void flush() {
    Map<PmiId, MirrorEntry> entries = new HashMap<>();
    List<PmiId> wanted = waiting.stream().flatMap(w -> mirroredOf(w).stream()).toList();
    if (!wanted.isEmpty()) {
      mirror.find(wanted).forEach(entry -> entries.put(entry.pmiId(), entry));
    }
    for (Waiting one : waiting) {
      decide(one, entries);
    }
    waiting.clear();
  }

  private static List<PmiId> mirroredOf(Waiting one) {
    return one.mirrored() && one.entry() instanceof SourceEntry.Found found
        ? List.of(found.participant().pmiId())
        : List.of();
  }

  private void decide(Waiting one, Map<PmiId, MirrorEntry> entries) {
    outcomes.begin();
    if (one.entry() instanceof SourceEntry.Rejected rejected) {
      if (one.hold() != null && one.hold().kind() == HoldTable.Kind.FORGOTTEN) {
        participants.passOver(rejected);
      } else {
        participants.reject(rejected);
      }
      flaws.settle(one.known(), outcomes.flaws());
    } else if (one.entry() instanceof SourceEntry.Found found) {
      Participant participant = found.participant();
      MirrorEntry entry = entries.get(participant.pmiId());
      if (!one.selected()) {
        participants.passOver(participant, entry);
        return;
      }
      participants.plan(found, entry, one.hold());
      flaws.settle(one.known(), outcomes.flaws());
      if (one.fingerprint() != null && outcomes.arePlainlyUnchanged()) {
        unchanged.add(
            participant.pmiId(), SourceFingerprints.with(one.fingerprint(), outcomes.flaws()));
      }
    }
  }
}
