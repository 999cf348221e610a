package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.SourceEntry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of an interrupted run what may no longer be sent: between its plan and its rest, people
 * have withdrawn or left, and somebody has created a Contact by hand.
 */
final class MovedOn {

  private static final int PAGE = 500;

  private final RunContext context;
  private final boolean undo;

  /**
   * Of one run.
   *
   * @param undo whether the run takes back an earlier one, which is done of those who left as well
   */
  MovedOn(RunContext context, boolean undo) {
    this.context = context;
    this.undo = undo;
  }

  /** Refuses those rows. The source is read once for each object that has rows left. */
  void refuse() {
    for (CrmObject object : CrmObject.values()) {
      ChangePages left =
          new ChangePages(
              context.changes(),
              context.run(),
              object,
              EnumSet.of(Change.Action.INSERT, Change.Action.ADOPT, Change.Action.UPDATE),
              Set.of(Change.State.PLANNED, Change.State.AWAITING_JOURNEY),
              PAGE);
      if (left.iterator().hasNext()) {
        refuse(left);
      }
    }
  }

  private void refuse(ChangePages left) {
    try (Cursor<SourceEntry> source =
            context.services().source().read(context.preparation().query());
        Cursor<MirrorEntry> mirror = context.store().mirror().read()) {
      InStep<SourceEntry> people = new InStep<>(source, MovedOn::keyOf);
      InStep<MirrorEntry> contacts = new InStep<>(mirror, MirrorEntry::pmiId);
      for (List<Change> page : left) {
        List<Settlement> refused = new ArrayList<>();
        for (Change change : page) {
          String code = reason(change, people.at(change.pmiId()), contacts.at(change.pmiId()));
          if (code != null) {
            refused.add(
                new Settlement(change.seq(), Change.State.REFUSED, null, null, code, List.of()));
          }
        }
        context.lease().renew();
        context.changes().settle(context.run(), refused);
      }
    }
  }

  private @Nullable String reason(
      Change change, @Nullable SourceEntry person, @Nullable MirrorEntry mirrored) {
    ParticipantStatus status =
        person instanceof SourceEntry.Found found
            ? found.participant().status()
            : person == null ? ParticipantStatus.ACTIVE : ParticipantStatus.UNCLEAR;
    boolean exists = mirrored != null && mirrored.contacts().stream().anyMatch(c -> !c.gone());
    return switch (status) {
      case WITHDRAWN -> saysOnlyThat(change) ? null : "withdrawn-since";
      case UNCLEAR -> "withdrawn-since";
      case LEFT, TEST -> undo ? null : "left-since";
      case ACTIVE, DEACTIVATED, DECEASED ->
          // of what was sent before, the Contact may be our own
          change.action() == Change.Action.INSERT && exists && change.attempts() == 0
              ? "created-since"
              : null;
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

  private static @Nullable PmiId keyOf(SourceEntry entry) {
    return entry instanceof SourceEntry.Found found
        ? found.participant().pmiId()
        : ((SourceEntry.Rejected) entry).pmiId();
  }

  /** A stream in the order of the PMI IDs that is followed row by row. */
  private static final class InStep<T> {
    private final Cursor<T> cursor;
    private final Function<T, @Nullable PmiId> keyOf;
    private @Nullable T next;

    InStep(Cursor<T> cursor, Function<T, @Nullable PmiId> keyOf) {
      this.cursor = cursor;
      this.keyOf = keyOf;
    }

    /** The element of this participant; it is there for the participant's next row as well. */
    @Nullable T at(PmiId pmiId) {
      while (true) {
        PmiId key = next == null ? null : keyOf.apply(next);
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
  }
}
