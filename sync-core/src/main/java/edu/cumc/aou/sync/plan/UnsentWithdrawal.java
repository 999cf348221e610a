package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the withdrawals that cannot be written, because there is no journey for them or nobody
 * knows which one counts. Whatever a person decided about that before the withdrawal, they did not
 * know of it.
 *
 * @param fields the journey's fields that tell of a withdrawal
 */
record UnsentWithdrawal(List<BoundField> fields, LocalDate today) {

  UnsentWithdrawal {
    fields = List.copyOf(fields);
  }

  /** Why the withdrawal does not reach Salesforce; empty if it can, or already has. */
  Optional<String> reason(SourceRow row, Contacts contacts, @Nullable Hold hold) {
    if (isShown(row, FieldValues.empty())) {
      // The row says nothing in these fields.
      return Optional.empty();
    }
    List<MirroredContact> live = contacts.live();
    if (live.isEmpty()) {
      return withoutContact(row, contacts, hold);
    }
    List<MirroredJourney> journeys = journeys(live);
    if (live.size() == 1 && journeys.size() == 1) {
      return Optional.empty();
    }
    if (!journeys.isEmpty() && areShown(row, journeys)) {
      return Optional.empty();
    }
    return Optional.of(
        live.size() > 1
            ? PlanTallies.DOUBLED_PMI_ID
            : journeys.isEmpty() ? PlanTallies.MISSING_JOURNEY : PlanTallies.SEVERAL_JOURNEYS);
  }

  /** Somebody who never had a Contact needs none; a Contact that lost its PMI ID is still there. */
  private Optional<String> withoutContact(SourceRow row, Contacts contacts, @Nullable Hold hold) {
    if (hold != null && PlanTallies.isOfKey(hold.reason())) {
      return Optional.of(hold.reason());
    }
    return contacts.survivor().isEmpty() && areShown(row, journeys(contacts.all()))
        ? Optional.empty()
        : Optional.of(PlanTallies.NO_CONTACT);
  }

  private static List<MirroredJourney> journeys(List<MirroredContact> contacts) {
    return contacts.stream().flatMap(c -> c.journeys().stream()).toList();
  }

  private boolean areShown(SourceRow row, List<MirroredJourney> journeys) {
    return journeys.stream().allMatch(j -> isShown(row, j.fields()));
  }

  private boolean isShown(SourceRow row, FieldValues shown) {
    FieldDiff diff = FieldDiff.of(fields, row, shown, SentValues.none(), today).withoutClears();
    return diff.isEmpty() && diff.refused().isEmpty();
  }
}
