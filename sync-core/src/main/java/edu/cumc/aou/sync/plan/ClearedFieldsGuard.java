package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.MirrorTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trips when a plan clears one field in many records, or in most of those that have a value. That
 * happens when the source lost a column: for the one field it is everything, among all fields it is
 * little. Asks the mirror only about fields that are cleared in several records.
 *
 * @since 0.2.0
 */
public final class ClearedFieldsGuard {

  /** In fewer records a field may lose all its values without a question. */
  private static final int SEVERAL = 5;

  private final GuardSettings.Allowance allowance;
  private final MirrorTable mirror;

  /**
   * A guard for one plan.
   *
   * @param mirror as it is before the plan is carried out
   */
  public ClearedFieldsGuard(GuardSettings settings, MirrorTable mirror) {
    this.allowance = settings.maxFieldClears();
    this.mirror = mirror;
  }

  /**
   * Checks what a plan clears.
   *
   * @param approval how a person who finds it right approves it
   */
  public List<GuardTrip> check(Tallies tallies, String approval) {
    List<GuardTrip> trips = new ArrayList<>();
    if (!allowance.isAll() && FieldTally.isThere(tallies, PlanTallies.CLEARED_FIELD)) {
      MirrorTable.MirrorCounts records = mirror.counts();
      checkFields(tallies, CrmObject.CONTACT, records.contacts(), approval, trips);
      checkFields(tallies, CrmObject.JOURNEY, records.journeys(), approval, trips);
    }
    return trips;
  }

  private void checkFields(
      Tallies tallies, CrmObject object, long records, String approval, List<GuardTrip> trips) {
    long allowed = allowance.of(records);
    List<FieldTally> fields =
        FieldTally.read(
                tallies,
                object,
                PlanTallies.CLEARED_FIELD,
                e -> e.getValue() >= SEVERAL || e.getValue() > allowed,
                mirror)
            .stream()
            .filter(
                f -> f.count() > allowed || (f.ofTheDay() >= SEVERAL && f.ofTheDay() > f.kept()))
            .toList();
    if (!fields.isEmpty()) {
      trips.add(
          new GuardTrip(
              "guards.max-field-clears",
              String.format(
                  Locale.ROOT,
                  "of %s would be cleared: %s; allowed are %,d records for one field, and from %d on no more than keep a value; see whether the source still fills their columns, and if it is right, %s, or raise the setting",
                  FieldTally.records(object),
                  FieldTally.list(fields, ClearedFieldsGuard::text),
                  allowed,
                  SEVERAL,
                  approval)));
    }
  }

  private static String text(FieldTally field) {
    return field.inRecords()
        + (field.kept() == 0
            ? ", all that have a value"
            : String.format(Locale.ROOT, ", %,d keep theirs", field.kept()));
  }
}
