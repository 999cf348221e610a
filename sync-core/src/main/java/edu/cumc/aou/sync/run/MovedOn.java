package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.ChangeTable.ParticipantChange;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.WriteOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Removes from a run what may no longer be sent. Between its plan and its end, people may have
 * withdrawn or left, and staff may have worked in Salesforce.
 */
final class MovedOn {

  private static final int PAGE = 500;

  /** A run has at most one row for each participant and object, and plans lie between runs. */
  private static final int LAST_ROWS = 10;

  private static final String WITHDRAWN = "withdrawn-since";
  private static final String LEFT = "left-since";
  private static final String CREATED = WriteOutcome.CREATED_SINCE;
  private static final String GONE = "gone-since";
  private static final String EDITED = "edited-since";

  private final RunContext context;
  private final boolean undo;
  private final Map<CrmObject, Map<FieldName, BoundField>> fields = new EnumMap<>(CrmObject.class);

  /**
   * For one run.
   *
   * @param undo whether the run takes back an earlier one; an undo also covers those who left
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
   * Refuses those rows of an interrupted run that no longer fit the source, or the mirror of
   * Salesforce. Reads the source once, if any rows are left: a run in short invocations does this
   * at the start of each.
   */
  void refuse() {
    InOrder left = new InOrder();
    if (!left.hasNext()) {
      return;
    }
    try (Cursor<SourceEntry> source =
        context.services().source().read(context.preparation().query())) {
      InStep people = new InStep(source);
      while (left.hasNext()) {
        List<Change> page = left.nextPage();
        Map<PmiId, MirrorEntry> mirrored =
            context.mirrored(page.stream().filter(MovedOn::mayHaveMoved).toList());
        settle(
            page,
            change -> {
              MirrorEntry entry = mirrored.get(change.pmiId());
              String code = ofPerson(change, people.at(change.pmiId()));
              if (code != null) {
                return code;
              }
              if (!mayHaveMoved(change)) {
                return brought(change).filter(j -> isEdited(change, j.fields())).isPresent()
                    ? EDITED
                    : null;
              }
              code = moved(change, entry);
              return code == null ? edited(change, entry) : code;
            });
      }
    }
  }

  /** Values that wait for their journey belong to no record of the participant yet. */
  private static boolean mayHaveMoved(Change change) {
    return change.state() != Change.State.AWAITING_JOURNEY;
  }

  /** The journey of the Contact in the change, which may have another PMI ID, or none. */
  private Optional<MirroredJourney> brought(Change change) {
    ContactId contact = change.contactId();
    if (contact == null || change.journeyId() == null) {
      return Optional.empty();
    }
    return context.store().mirror().journeysOf(contact).stream()
        .filter(j -> j.id().equals(change.journeyId()))
        .findFirst();
  }

  /**
   * Refuses planned updates of journeys that, by the mirror, now belong to another person. Call it
   * after a refresh, and before waiting rows get their journeys.
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

  /** Whether a row only reports a withdrawal, and clears nothing. */
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
      // Checked in Salesforce itself, right before sending.
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
      case INSERT, ADOPT -> others ? CREATED : null;
      default -> {
        // An interrupted undo may have removed the PMI ID itself.
        boolean byUs = undo && change.attempts() > 0;
        yield !isThere && !byUs ? GONE : others ? CREATED : null;
      }
    };
  }

  private @Nullable String movedJourney(Change change, List<MirroredContact> live) {
    List<JourneyId> journeys =
        live.stream().flatMap(c -> c.journeys().stream()).map(MirroredJourney::id).toList();
    if (change.journeyId() == null || !journeys.contains(change.journeyId())) {
      return isReleased(change, live) ? null : GONE;
    }
    return live.size() > 1 || journeys.size() > 1 ? CREATED : null;
  }

  /**
   * Whether this undo may have taken the PMI ID off the Contact of the journey itself, before it
   * gives the journey its values back.
   */
  private boolean isReleased(Change change, List<MirroredContact> live) {
    return undo
        && live.isEmpty()
        && brought(change).isPresent()
        && context.changes().history(change.pmiId(), LAST_ROWS).stream()
            .filter(row -> row.run().equals(context.run()))
            .map(ParticipantChange::change)
            .anyMatch(
                row ->
                    row.object() == CrmObject.CONTACT
                        && row.attempts() > 0
                        && row.newValues().contains(context.mapping().pmiField().name()));
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

  /** The rows of both objects that are left, in the order of PMI IDs. */
  private final class InOrder {
    private final List<Ahead> both =
        Arrays.stream(CrmObject.values()).map(object -> new Ahead(left(object))).toList();

    boolean hasNext() {
      return both.stream().anyMatch(Ahead::hasNext);
    }

    List<Change> nextPage() {
      List<Change> page = new ArrayList<>();
      while (page.size() < PAGE && hasNext()) {
        page.add(
            both.stream()
                .filter(Ahead::hasNext)
                .min(Comparator.comparing(rows -> rows.peek().pmiId()))
                .orElseThrow()
                .next());
      }
      return page;
    }
  }

  /** The rows of one object; shows the next one. */
  private static final class Ahead {
    private final Iterator<List<Change>> pages;
    private final Deque<Change> page = new ArrayDeque<>();

    Ahead(ChangePages pages) {
      this.pages = pages.iterator();
    }

    boolean hasNext() {
      while (page.isEmpty() && pages.hasNext()) {
        page.addAll(pages.next());
      }
      return !page.isEmpty();
    }

    Change peek() {
      return page.getFirst();
    }

    Change next() {
      return page.removeFirst();
    }
  }

  /** The source in the order of PMI IDs, read in step with the rows. */
  private static final class InStep {
    private final Cursor<SourceEntry> cursor;
    private @Nullable SourceEntry next;

    InStep(Cursor<SourceEntry> cursor) {
      this.cursor = cursor;
    }

    /** What the source says about this participant; stays available for their next row. */
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
