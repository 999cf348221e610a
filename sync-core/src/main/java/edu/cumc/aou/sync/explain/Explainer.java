package edu.cumc.aou.sync.explain;

import edu.cumc.aou.sync.adoption.Match;
import edu.cumc.aou.sync.explain.Explanation.FieldFact;
import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.ReadValue;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.plan.Planner;
import edu.cumc.aou.sync.plan.Planner.PlanPolicy;
import edu.cumc.aou.sync.plan.Planner.PlannedOne;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.run.PlanStage;
import edu.cumc.aou.sync.run.Preparation;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Explains one participant from the source, the mirror as last refreshed, the holds and the ledger.
 * Writes nothing.
 */
public final class Explainer {

  private static final int HISTORY = 20;

  private final RunServices services;
  private final SyncSettings settings;

  public Explainer(RunServices services, SyncSettings settings) {
    this.services = services;
    this.settings = settings;
  }

  /**
   * Tells everything that is known about a participant. If Salesforce does not answer, it tells
   * what source and store know. If one of those does not answer, it throws as a run does.
   */
  public Explanation explain(PmiId pmiId) {
    services.store().verify();
    try {
      services.crm().org();
    } catch (SyncException e) {
      return withoutOrg(pmiId, String.valueOf(e.getMessage()));
    }
    return explain(pmiId, Preparation.of(services, settings));
  }

  private Explanation withoutOrg(PmiId pmiId, String why) {
    Optional<SourceEntry> entry =
        services.source().find(KnownHere.of(services.source(), settings).query(), pmiId);
    return new Explanation(
        pmiId,
        entry.isPresent(),
        entry
            .filter(SourceEntry.Found.class::isInstance)
            .map(e -> ((SourceEntry.Found) e).participant().status())
            .orElse(null),
        List.of(),
        services.store().mirror().find(pmiId).map(MirrorEntry::contacts).orElse(List.of()),
        services.store().holds().find(pmiId).orElse(null),
        null,
        services.store().flaws().of(pmiId),
        List.of(),
        services.store().changes().history(pmiId, HISTORY),
        why);
  }

  private Explanation explain(PmiId pmiId, Preparation preparation) {
    Optional<SourceEntry> entry = services.source().find(preparation.query(), pmiId);
    Optional<MirrorEntry> mirrored = services.store().mirror().find(pmiId);
    Optional<Hold> hold = services.store().holds().find(pmiId);
    PlanPolicy policy = PlanStage.policy(services, settings);
    @Nullable PlannedOne next =
        entry
            .map(
                e ->
                    Planner.planOne(
                        preparation.mapping(),
                        policy,
                        PlanStage.adoption(services, settings),
                        e,
                        mirrored.orElse(null),
                        hold.orElse(null)))
            .orElse(null);
    @Nullable Participant participant =
        entry.isPresent() && entry.get() instanceof SourceEntry.Found found
            ? found.participant()
            : null;
    List<Flaw> flaws = services.store().flaws().of(pmiId);
    List<MirroredContact> contacts = mirrored.map(MirrorEntry::contacts).orElse(List.of());
    return new Explanation(
        pmiId,
        entry.isPresent(),
        participant == null ? null : participant.status(),
        participant == null ? List.of() : facts(preparation, participant, contacts, policy.today()),
        contacts,
        hold.orElse(null),
        next,
        flaws,
        next == null || participant == null || participant.contact() == null
            ? List.of()
            : Candidates.of(
                services.crm(),
                preparation,
                next,
                flaws.stream().anyMatch(f -> f.code().equals(Match.SEVERAL_PARTICIPANTS)),
                contacts.stream().allMatch(MirroredContact::gone)
                    ? services.store().matches().of(pmiId)
                    : List.of(),
                participant.contact(),
                policy.today()),
        services.store().changes().history(pmiId, HISTORY),
        "");
  }

  private static List<FieldFact> facts(
      Preparation preparation,
      Participant participant,
      List<MirroredContact> contacts,
      LocalDate today) {
    Optional<MirroredContact> live = contacts.stream().filter(c -> !c.gone()).findFirst();
    FieldValues contactSeen = live.map(MirroredContact::fields).orElse(FieldValues.empty());
    FieldValues journeySeen =
        live.flatMap(c -> c.journeys().stream().findFirst())
            .map(j -> j.fields())
            .orElse(FieldValues.empty());
    List<FieldFact> facts = new ArrayList<>();
    addFacts(
        CrmObject.CONTACT,
        preparation.mapping().contact(),
        participant.contact(),
        contactSeen,
        today,
        facts);
    addFacts(
        CrmObject.JOURNEY,
        preparation.mapping().journey(),
        participant.journey(),
        journeySeen,
        today,
        facts);
    return facts;
  }

  private static void addFacts(
      CrmObject object,
      List<BoundField> fields,
      @Nullable SourceRow row,
      FieldValues seen,
      LocalDate today,
      List<FieldFact> facts) {
    if (row == null) {
      return;
    }
    for (BoundField field : fields) {
      ReadValue reading = field.read(row, today);
      FieldValue wanted =
          reading instanceof ReadValue.Value value ? value.value() : FieldValue.BLANK;
      FieldValue shown = field.seen(seen.get(field.name()));
      String rule =
          reading instanceof ReadValue.Refused refused
              ? refused.rule()
              : field.ruleAgainst(wanted, shown).orElse("");
      String source =
          field.columns().stream()
              .map(c -> Cells.plain().line(row, c))
              .collect(Collectors.joining(" / "));
      facts.add(
          new FieldFact(
              object,
              field.name().value(),
              field.columns(),
              source,
              wanted.text(),
              rule,
              shown.text()));
    }
  }
}
