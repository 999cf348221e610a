package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Trips when a plan gives one field other values in many records, or makes other persons of
 * Contacts. That happens when the source joins people with the rows of others, swaps two columns,
 * or changes what a column means. A field that changes for most people now and then, such as the
 * day of the last contact, is known from earlier runs and does not trip again.
 */
public final class ChangedFieldsGuard {

  private static final String SEE =
      "see whether the source still joins and fills its columns as before, and if it is right, ";

  private final GuardSettings settings;
  private final MirrorTable mirror;
  private final Supplier<List<Run>> before;

  /**
   * A guard for one plan.
   *
   * @param mirror as it is before the plan is carried out
   * @param before the last good runs, newest first; asked only if a field changes in many records
   */
  public ChangedFieldsGuard(
      GuardSettings settings, MirrorTable mirror, Supplier<List<Run>> before) {
    this.settings = settings;
    this.mirror = mirror;
    this.before = before;
  }

  /**
   * Checks what a plan changes.
   *
   * @param lastGood the counts of the last good run; a version that did not count changed fields
   *     leaves nothing to compare with
   * @param approval how a person who finds it right approves it
   */
  public List<GuardTrip> check(Tallies tallies, Tallies lastGood, String approval) {
    List<GuardTrip> trips = new ArrayList<>();
    checkPersons(tallies, approval, trips);
    if (lastGood.get(PlanTallies.COUNTS_CHANGES) > 0 && !settings.maxFieldChanges().isAll()) {
      checkFields(tallies, CrmObject.CONTACT, approval, trips);
      checkFields(tallies, CrmObject.JOURNEY, approval, trips);
    }
    return trips;
  }

  private void checkPersons(Tallies tallies, String approval, List<GuardTrip> trips) {
    long count = tallies.get(PlanTallies.of(CrmObject.CONTACT, PlanTallies.OTHER_PERSON));
    if (count == 0) {
      return;
    }
    long allowed = settings.maxOtherPersons().of(mirror.counts().contacts());
    if (count > allowed) {
      trips.add(
          new GuardTrip(
              "guards.max-other-persons",
              String.format(
                  Locale.ROOT,
                  "%,d Contacts would become other persons: two of FirstName, LastName and Birthdate change at once; allowed are %,d; %s%s, or raise the setting",
                  count,
                  allowed,
                  SEE,
                  approval)));
    }
  }

  private void checkFields(
      Tallies tallies, CrmObject object, String approval, List<GuardTrip> trips) {
    GuardSettings.Allowance allowance = settings.maxFieldChanges();
    List<FieldTally> fields =
        FieldTally.read(
                tallies,
                object,
                PlanTallies.CHANGED_FIELD,
                e -> e.getValue() > allowance.number() && e.getValue() > usual(e.getKey()),
                mirror)
            .stream()
            .filter(field -> field.ofTheDay() > allowance.of(field.having()))
            .toList();
    if (!fields.isEmpty()) {
      trips.add(
          new GuardTrip(
              "guards.max-field-changes",
              String.format(
                  Locale.ROOT,
                  "of %s would get other values: %s; allowed are %,d records and %.0f%% of those with a value, or twice as many as on an earlier day; %s%s, or raise the setting",
                  FieldTally.records(object),
                  FieldTally.list(fields, ChangedFieldsGuard::text),
                  allowance.number(),
                  allowance.share() * 100,
                  SEE,
                  approval)));
    }
  }

  private static String text(FieldTally field) {
    return field.inRecords() + String.format(Locale.ROOT, " of %,d", field.having());
  }

  /** Twice as many records as any of the last good runs changed. */
  private long usual(String count) {
    return 2 * before.get().stream().mapToLong(run -> run.tallies().get(count)).max().orElse(0);
  }
}
