package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the withdrawals that do not reach Salesforce: there is no journey to show them, several
 * journeys fit, the source has no value to send, or Salesforce does not keep the value. Earlier
 * decisions do not count, because the person who decided did not know of the withdrawal.
 */
record UnsentWithdrawal(WithdrawalFields fields, LocalDate today) {

  /**
   * Why the withdrawal does not reach Salesforce; empty if it can, or already has.
   *
   * @param row what the source says of it, see {@link WithdrawalFields#rowOf}
   */
  Optional<String> reason(
      Participant participant, SourceRow row, Contacts contacts, @Nullable Hold hold) {
    if (fields.all().isEmpty()) {
      // This site maps no field that shows a withdrawal.
      return Optional.empty();
    }
    boolean isMute = isShown(row, FieldValues.empty());
    List<MirroredContact> live = contacts.live();
    if (live.isEmpty()) {
      return isMute ? Optional.empty() : withoutContact(row, contacts, hold);
    }
    if (isMute) {
      return Optional.of(PlanTallies.NO_VALUE);
    }
    List<MirroredJourney> journeys = journeys(live);
    if (!journeys.isEmpty() && areShown(row, journeys)) {
      return Optional.empty();
    }
    if (live.size() > 1) {
      return Optional.of(PlanTallies.DOUBLED_PMI_ID);
    }
    if (journeys.size() != 1) {
      return Optional.of(
          journeys.isEmpty() ? PlanTallies.MISSING_JOURNEY : PlanTallies.SEVERAL_JOURNEYS);
    }
    return participant.journey() == null
        ? Optional.of(PlanTallies.NO_JOURNEY_ROW)
        : Optional.empty();
  }

  /** Why the withdrawal is not sent again, although Salesforce does not show it. */
  Optional<String> untaken(FieldDiff diff) {
    Set<FieldName> telling = fields.telling();
    if (diff.notTakenOver().stream().anyMatch(telling::contains)) {
      return Optional.of(PlanTallies.NOT_TAKEN_OVER);
    }
    return diff.changedBack().stream().anyMatch(telling::contains)
        ? Optional.of(PlanTallies.CHANGED_BACK)
        : Optional.empty();
  }

  /**
   * A participant who never had a Contact needs none. A Contact that lost its PMI ID still exists.
   */
  private Optional<String> withoutContact(SourceRow row, Contacts contacts, @Nullable Hold hold) {
    if (hold != null && PlanTallies.isOfKey(hold.reason())) {
      return Optional.of(hold.reason());
    }
    if (contacts.all().stream().anyMatch(c -> isUnseenAmong(row, c.joined()))) {
      return Optional.of(PlanTallies.MERGED);
    }
    if (contacts.survivor().isPresent() || !areShown(row, journeys(contacts.all()))) {
      return Optional.of(PlanTallies.NO_CONTACT);
    }
    List<MirroredJourney> lost = contacts.all().stream().flatMap(c -> c.lost().stream()).toList();
    return areShown(row, lost) ? Optional.empty() : Optional.of(PlanTallies.ORPHAN_JOURNEY);
  }

  /**
   * Whether staff merged the Contact into another participant's, and no journey there shows the
   * withdrawal. A single journey is that participant's own.
   */
  private boolean isUnseenAmong(SourceRow row, List<MirroredJourney> joined) {
    return joined.size() > 1 && joined.stream().noneMatch(j -> isShown(row, j.fields()));
  }

  private static List<MirroredJourney> journeys(List<MirroredContact> contacts) {
    return contacts.stream().flatMap(c -> c.journeys().stream()).toList();
  }

  private boolean areShown(SourceRow row, List<MirroredJourney> journeys) {
    return journeys.stream().allMatch(j -> isShown(row, j.fields()));
  }

  private boolean isShown(SourceRow row, FieldValues shown) {
    FieldDiff diff =
        FieldDiff.of(fields.all(), row, shown, SentValues.none(), today).withoutClears();
    return diff.isEmpty() && diff.refused().isEmpty();
  }
}
