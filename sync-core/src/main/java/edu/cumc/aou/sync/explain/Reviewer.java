package edu.cumc.aou.sync.explain;

import edu.cumc.aou.sync.adoption.Adoption;
import edu.cumc.aou.sync.adoption.Match;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.plan.Planner;
import edu.cumc.aou.sync.plan.Planner.PlanPolicy;
import edu.cumc.aou.sync.plan.Planner.PlannedOne;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.PlanStage;
import edu.cumc.aou.sync.run.Preparation;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Lists the adoptions that the last run found doubtful, and the participants that a duplicate rule
 * of the org refuses, each with the Contacts that may be theirs. It looks for the candidates anew,
 * because a person decides about today. Thread-safe.
 */
public final class Reviewer {

  /** Salesforce's error code when a duplicate rule refuses a record. */
  private static final String REFUSED = "DUPLICATES_DETECTED";

  private final RunServices services;
  private final SyncSettings settings;

  public Reviewer(RunServices services, SyncSettings settings) {
    this.services = services;
    this.settings = settings;
  }

  /**
   * A participant and a Contact that may be theirs. Personal data.
   *
   * @param code why it is doubtful
   * @param wanted the values that we would send
   */
  public record Pair(PmiId pmiId, String code, FieldValues wanted, Candidate candidate) {
    @Override
    public String toString() {
      return "Pair[" + code + "]";
    }
  }

  /** Hands over each pair, in the order of PMI IDs. */
  public void forEach(Consumer<Pair> taker) {
    SyncStore store = services.store();
    store.verify();
    Preparation preparation = Preparation.of(services, settings);
    PlanPolicy policy = PlanStage.policy(services, settings);
    Adoption adoption = PlanStage.adoption(services, settings);
    Map<PmiId, List<ContactId>> matches = new TreeMap<>(store.matches().all());
    try (Cursor<Flaw> flaws = store.flaws().read()) {
      while (flaws.hasNext()) {
        Flaw flaw = flaws.next();
        if (Match.DOUBTS.contains(flaw.code()) && flaw.pmiId().isPresent()) {
          PmiId pmiId = flaw.pmiId().get();
          List<ContactId> matched = matches.remove(pmiId);
          review(
              flaw.code(),
              pmiId,
              matched == null ? List.of() : matched,
              preparation,
              policy,
              adoption,
              taker);
        }
      }
    }
    matches.forEach(
        (pmiId, matched) -> review(REFUSED, pmiId, matched, preparation, policy, adoption, taker));
  }

  private void review(
      String code,
      PmiId pmiId,
      List<ContactId> matched,
      Preparation preparation,
      PlanPolicy policy,
      Adoption adoption,
      Consumer<Pair> taker) {
    Optional<SourceEntry> entry = services.source().find(preparation.query(), pmiId);
    SourceRow row =
        entry.isPresent() && entry.get() instanceof SourceEntry.Found found
            ? found.participant().contact()
            : null;
    if (entry.isEmpty() || row == null) {
      return;
    }
    Optional<MirrorEntry> mirrored = services.store().mirror().find(pmiId);
    if (mirrored.filter(m -> !m.live().isEmpty()).isPresent()) {
      return;
    }
    PlannedOne next =
        Planner.planOne(
            preparation.mapping(),
            policy,
            adoption,
            entry.get(),
            mirrored.orElse(null),
            services.store().holds().find(pmiId).orElse(null));
    List<Candidate> candidates =
        Candidates.of(
            services.crm(),
            preparation,
            next,
            code.equals(Match.SEVERAL_PARTICIPANTS),
            matched,
            row,
            policy.today());
    FieldValues wanted = Candidates.wanted(preparation, row, policy.today());
    candidates.forEach(c -> taker.accept(new Pair(pmiId, code, wanted, c)));
  }
}
