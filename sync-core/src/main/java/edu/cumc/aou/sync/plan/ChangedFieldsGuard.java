package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Trips when the source gives one field other values, or first values, in many records, or makes
 * other persons of Contacts. That happens when it joins people with the rows of others, swaps two
 * columns, changes what a column means, or fills its gaps with a value for everybody. A field that
 * changes for most people now and then, such as the day of the last contact, is known from earlier
 * runs and does not trip again. What staff changed in Salesforce does not count.
 *
 * @since 0.2.0
 */
public final class ChangedFieldsGuard {

  private static final String GUARD = "guards.max-field-changes";

  private static final String SEE =
      "see whether the source still joins and fills its columns as before, and if it is right, ";

  private final GuardSettings settings;
  private final MirrorTable mirror;
  private final Supplier<List<Run>> before;
  private final Set<String> elsewhere;

  /**
   * A guard for one plan.
   *
   * @param mirror as it is before the plan is carried out
   * @param before good runs that nobody has undone; asked only if a field changes in many records
   * @param elsewhere the fields of a withdrawal, in any case: a guard of their own counts them
   */
  public ChangedFieldsGuard(
      GuardSettings settings,
      MirrorTable mirror,
      Supplier<List<Run>> before,
      Collection<String> elsewhere) {
    this.settings = settings;
    this.mirror = mirror;
    this.before = before;
    this.elsewhere = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    this.elsewhere.addAll(elsewhere);
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
    if (!isAnything(tallies)) {
      return trips;
    }
    MirrorTable.MirrorCounts records = mirror.counts();
    checkPersons(tallies, records.contacts(), approval, trips);
    if (lastGood.get(PlanTallies.COUNTS_CHANGES) > 0 && !settings.maxFieldChanges().isAll()) {
      for (CrmObject object : CrmObject.values()) {
        long all = object == CrmObject.CONTACT ? records.contacts() : records.journeys();
        checkChanges(tallies, object, approval, trips);
        checkFills(tallies, object, all, approval, trips);
      }
    }
    return trips;
  }

  /** A quiet morning asks the store for nothing. */
  private static boolean isAnything(Tallies tallies) {
    return FieldTally.isThere(tallies, PlanTallies.CHANGED_FIELD)
        || FieldTally.isThere(tallies, PlanTallies.FILLED_FIELD)
        || FieldTally.isThere(tallies, PlanTallies.OTHER_PERSON);
  }

  private void checkPersons(
      Tallies tallies, long contacts, String approval, List<GuardTrip> trips) {
    long count = tallies.get(PlanTallies.of(CrmObject.CONTACT, PlanTallies.OTHER_PERSON));
    long allowed = settings.maxOtherPersons().of(contacts);
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

  private void checkChanges(
      Tallies tallies, CrmObject object, String approval, List<GuardTrip> trips) {
    GuardSettings.Allowance allowance = settings.maxFieldChanges();
    List<FieldTally> fields =
        FieldTally.read(
                tallies,
                object,
                PlanTallies.CHANGED_FIELD,
                e -> isUnusual(e, object, tallies),
                mirror)
            .stream()
            .filter(field -> field.ofTheDay() > allowance.of(field.having()))
            .toList();
    if (!fields.isEmpty()) {
      trips.add(
          trip(
              object,
              "other values",
              FieldTally.list(
                  fields, f -> f.inRecords() + String.format(Locale.ROOT, " of %,d", f.having())),
              "of those with a value",
              approval));
    }
  }

  private void checkFills(
      Tallies tallies, CrmObject object, long all, String approval, List<GuardTrip> trips) {
    long allowed = settings.maxFieldChanges().of(all);
    List<FieldTally> fields =
        FieldTally.read(
                tallies,
                object,
                PlanTallies.FILLED_FIELD,
                e -> e.getValue() > allowed && isUnusual(e, object, tallies),
                mirror)
            .stream()
            .filter(field -> field.ofTheDay() > allowed)
            .toList();
    if (!fields.isEmpty()) {
      trips.add(
          trip(
              object,
              "their first values",
              FieldTally.list(
                  fields,
                  f ->
                      f.inRecords()
                          + String.format(Locale.ROOT, ", where %,d had one", f.having())),
              "of all",
              approval));
    }
  }

  private GuardTrip trip(
      CrmObject object, String values, String fields, String population, String approval) {
    return new GuardTrip(
        GUARD,
        String.format(
            Locale.ROOT,
            "of %s would get %s: %s; allowed are %,d records and %.0f%% %s, or twice as many as on an earlier day; %s%s, or raise the setting",
            FieldTally.records(object),
            values,
            fields,
            settings.maxFieldChanges().number(),
            settings.maxFieldChanges().share() * 100,
            population,
            SEE,
            approval));
  }

  /** Whether no earlier run did it to half as many, or to as large a share of its people. */
  private boolean isUnusual(Map.Entry<String, Long> count, CrmObject object, Tallies now) {
    String field = count.getKey().substring(count.getKey().lastIndexOf('.') + 1);
    return count.getValue() > settings.maxFieldChanges().number()
        && !elsewhere.contains(field)
        && before.get().stream()
            .map(Run::tallies)
            .noneMatch(
                then -> {
                  long known = then.get(count.getKey());
                  return count.getValue() <= 2 * known
                      || (known > 0
                          && people(then, object) > 0
                          && count.getValue() * people(then, object)
                              <= known * people(now, object));
                });
  }

  private static long people(Tallies tallies, CrmObject object) {
    return tallies.get(PlanTallies.of(object, PlanTallies.WITH_ROW));
  }
}
