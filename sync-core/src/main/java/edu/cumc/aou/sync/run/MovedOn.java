package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.WriteOutcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a run what may no longer be sent: between its plan and its rest, people have
 * withdrawn or left, and somebody has worked in Salesforce.
 */
final class MovedOn {

  private static final int PAGE = 500;
  private static final String WITHDRAWN = "withdrawn-since";
  private static final String LEFT = "left-since";
  private static final String CREATED = WriteOutcome.CREATED_SINCE;
  private static final String GONE = "gone-since";
  private static final String EDITED = "edited-since";

  private final RunContext context;
  private final boolean undo;
  private final Map<CrmObject, Map<FieldName, BoundField>> fields = new EnumMap<>(CrmObject.class);

  /**
   * Of one run.
   *
   * @param undo whether the run takes back an earlier one, which is done of those who left as well
   */
  MovedOn(RunContext context, boolean undo) {
    this.context = context;
    this.undo = undo;
    fields.put(CrmObject.CONTACT, byName(context.mapping().contact()));
    fields.put(CrmObject.JOURNEY, byName(context.mapping().journey()));
  }

  private static Map<FieldName, BoundField> byName(List<BoundField> fields) {
    Map<FieldName, BoundField> byName = new HashMap<>();
    fields.forEach(field -> byName.put(field.name(), field));
    return byName;
  }

  /**
   * Refuses, of a run that was interrupted, what no longer fits the source or Salesforce as the
   * mirror shows it. The source is read once for each object that has rows left.
   */
  void refuse() {
    for (CrmObject object : CrmObject.values()) {
      ChangePages left = left(object);
      if (left.iterator().hasNext()) {
        refuse(left);
      }
    }
  }

  /**
   * Refuses planned updates of journeys that are another person's by now, as the mirror shows them;
   * to be called when it was refreshed, before those that wait get the journeys it shows.
   */
  void refuseMovedJourneys() {
    for (List<Change> page : left(CrmObject.JOURNEY, Set.of(Change.State.PLANNED))) {
      Map<PmiId, MirrorEntry> mirrored = context.mirrored(page);
      settle(page, change -> moved(change, mirrored.get(change.pmiId())));
    }
  }

  private ChangePages left(CrmObject object) {
    return left(object, Set.of(Change.State.PLANNED, Change.State.AWAITING_JOURNEY));
  }

  private ChangePages left(CrmObject object, Set<Change.State> states) {
    return new ChangePages(
        context.changes(),
        context.run(),
        object,
        EnumSet.of(
            Change.Action.INSERT,
            Change.Action.ADOPT,
            Change.Action.UPDATE,
            Change.Action.DELETE,
            Change.Action.RESTORE),
        states,
        PAGE);
  }

  private void refuse(ChangePages left) {
    try (Cursor<SourceEntry> source =
        context.services().source().read(context.preparation().query())) {
      InStep people = new InStep(source);
      for (List<Change> page : left) {
        Map<PmiId, MirrorEntry> mirrored = context.mirrored(page);
        settle(
            page,
            change -> {
              MirrorEntry entry = mirrored.get(change.pmiId());
              String code = ofPerson(change, people.at(change.pmiId()));
              code = code == null ? moved(change, entry) : code;
              return code == null ? edited(change, entry) : code;
            });
      }
    }
  }

  private void settle(List<Change> page, Function<Change, @Nullable String> reason) {
    List<Settlement> refused = new ArrayList<>();
    for (Change change : page) {
      String code = reason.apply(change);
      if (code != null) {
        refused.add(
            new Settlement(change.seq(), Change.State.REFUSED, null, null, code, List.of()));
      }
    }
    context.lease().keep();
    context.changes().settle(context.run(), refused);
  }

  private @Nullable String ofPerson(Change change, @Nullable SourceEntry person) {
    ParticipantStatus status =
        person instanceof SourceEntry.Found found
            ? found.participant().status()
            : person == null ? ParticipantStatus.ACTIVE : ParticipantStatus.UNCLEAR;
    return switch (status) {
      case WITHDRAWN -> saysOnlyThat(change) ? null : WITHDRAWN;
      case UNCLEAR -> WITHDRAWN;
      case LEFT, TEST -> undo ? null : LEFT;
      case ACTIVE, DEACTIVATED, DECEASED -> null;
    };
  }

  /** Whether a row says nothing but that somebody has withdrawn, and clears nothing. */
  private boolean saysOnlyThat(Change change) {
    return !undo
        && change.object() == CrmObject.JOURNEY
        && change.newValues().asMap().entrySet().stream()
            .allMatch(e -> isOfWithdrawal(e.getKey()) && !e.getValue().isBlank());
  }

  private boolean isOfWithdrawal(FieldName field) {
    return context.settings().withdrawalFields().stream().anyMatch(field.value()::equalsIgnoreCase);
  }

  /** Whether the record is no longer the participant's, or no longer the only one. */
  private @Nullable String moved(Change change, @Nullable MirrorEntry entry) {
    List<MirroredContact> live = entry == null ? List.of() : entry.live();
    if (change.action() == Change.Action.DELETE) {
      // looked at in Salesforce itself, right before it is sent
      return null;
    }
    if (change.action() == Change.Action.RESTORE) {
      return live.stream().anyMatch(c -> !c.id().equals(change.contactId())) ? CREATED : null;
    }
    if (change.object() == CrmObject.JOURNEY) {
      return change.state() == Change.State.PLANNED ? movedJourney(change, live) : null;
    }
    boolean others = live.stream().anyMatch(c -> !c.id().equals(change.contactId()));
    boolean isThere = live.stream().anyMatch(c -> c.id().equals(change.contactId()));
    return switch (change.action()) {
      // what was sent before, and is to be sent once more, may have created it
      case INSERT -> others && !(change.attempts() > 0 && isRepeatable()) ? CREATED : null;
      case ADOPT -> others ? CREATED : null;
      default -> {
        // an undo that was under way may have taken the PMI ID off itself
        boolean byUs = undo && change.attempts() > 0;
        yield !isThere && !byUs ? GONE : others ? CREATED : null;
      }
    };
  }

  /** Whether a create finds the Contact that is there, rather than making another. */
  private boolean isRepeatable() {
    return context.mapping().pmiField().isUniqueExternalId();
  }

  private static @Nullable String movedJourney(Change change, List<MirroredContact> live) {
    List<JourneyId> journeys =
        live.stream().flatMap(c -> c.journeys().stream()).map(MirroredJourney::id).toList();
    if (change.journeyId() == null || !journeys.contains(change.journeyId())) {
      return GONE;
    }
    return live.size() > 1 || journeys.size() > 1 ? CREATED : null;
  }

  /** Whether a field shows neither what the plan saw nor what it sends. */
  private @Nullable String edited(Change change, @Nullable MirrorEntry entry) {
    if (change.action() != Change.Action.UPDATE || change.oldValues().isEmpty() || entry == null) {
      return null;
    }
    Optional<FieldValues> shown =
        change.object() == CrmObject.CONTACT
            ? entry.contacts().stream()
                .filter(c -> c.id().equals(change.contactId()))
                .map(MirroredContact::fields)
                .findFirst()
            : entry.contacts().stream()
                .flatMap(c -> c.journeys().stream())
                .filter(j -> j.id().equals(change.journeyId()))
                .map(MirroredJourney::fields)
                .findFirst();
    return shown.isPresent() && isEdited(change, shown.get()) ? EDITED : null;
  }

  private boolean isEdited(Change change, FieldValues shown) {
    Map<FieldName, BoundField> bound = fields.getOrDefault(change.object(), Map.of());
    return change.newValues().asMap().entrySet().stream()
        .anyMatch(
            written -> {
              BoundField field = bound.get(written.getKey());
              if (field == null) {
                return false;
              }
              FieldValue now = field.seen(shown.get(written.getKey()));
              return !now.equals(written.getValue())
                  && !now.equals(change.oldValues().get(written.getKey()));
            });
  }

  /** The source in the order of the PMI IDs, followed row by row. */
  private static final class InStep {
    private final Cursor<SourceEntry> cursor;
    private @Nullable SourceEntry next;

    InStep(Cursor<SourceEntry> cursor) {
      this.cursor = cursor;
    }

    /** What the source says of this participant; it is there for their next row as well. */
    @Nullable SourceEntry at(PmiId pmiId) {
      while (true) {
        PmiId key = next == null ? null : keyOf(next);
        if (key != null && key.compareTo(pmiId) >= 0) {
          return key.equals(pmiId) ? next : null;
        }
        if (!cursor.hasNext()) {
          next = null;
          return null;
        }
        next = cursor.next();
      }
    }

    private static @Nullable PmiId keyOf(SourceEntry entry) {
      return entry instanceof SourceEntry.Found found
          ? found.participant().pmiId()
          : ((SourceEntry.Rejected) entry).pmiId();
    }
  }
}
