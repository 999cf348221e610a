package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.MirrorTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Trips when a plan clears one field in many records, or in most of those that have a value. That
 * happens when the source lost a column: for the one field it is everything, among all fields it is
 * little. Asks the mirror only about fields that are cleared in several records.
 */
public final class ClearedFieldsGuard {

  /** In fewer records a field may lose all its values without a question. */
  static final int SEVERAL = 5;

  private static final String GUARD = "guards.max-field-clears";

  /** How many fields a message names. */
  private static final int NAMED_FIELDS = 5;

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
    MirrorTable.MirrorCounts records = mirror.counts();
    checkFields(tallies, CrmObject.CONTACT, records.contacts(), approval, trips);
    checkFields(tallies, CrmObject.JOURNEY, records.journeys(), approval, trips);
    return trips;
  }

  /**
   * A field that loses values.
   *
   * @param count in how many records
   * @param kept how many other records have a value
   * @param corrected those of them that only correct an earlier version
   */
  private record Cleared(String field, long count, long kept, long corrected) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s in %,d%s, %s",
          field,
          count,
          Guards.corrections(Math.min(corrected, count)),
          kept == 0
              ? "all that have a value"
              : String.format(Locale.ROOT, "%,d keep theirs", kept));
    }
  }

  private void checkFields(
      Tallies tallies, CrmObject object, long records, String approval, List<GuardTrip> trips) {
    if (allowance.share() >= 1) {
      return;
    }
    long allowed = allowance.of(records);
    List<Cleared> fields =
        cleared(tallies, object).stream()
            .filter(
                field ->
                    field.count() > allowed
                        || (field.count() >= SEVERAL && field.count() > field.kept()))
            .toList();
    if (fields.isEmpty()) {
      return;
    }
    String named =
        fields.stream()
            .limit(NAMED_FIELDS)
            .map(Cleared::toString)
            .collect(Collectors.joining("; "));
    int more = fields.size() - NAMED_FIELDS;
    trips.add(
        new GuardTrip(
            GUARD,
            String.format(
                Locale.ROOT,
                "of %s would be cleared: %s%s; allowed are %,d records for one field, and from %d on no more than keep a value; see whether the source still fills their columns, and if it is right, %s, or raise the setting",
                object == CrmObject.CONTACT ? "Contacts" : "journeys",
                named,
                more > 0 ? "; and %d fields more".formatted(more) : "",
                allowed,
                SEVERAL,
                approval)));
  }

  /** Most records first. */
  private List<Cleared> cleared(Tallies tallies, CrmObject object) {
    String prefix = PlanTallies.of(object, PlanTallies.CLEARED_FIELD);
    List<Map.Entry<String, Long>> counts =
        tallies.asMap().entrySet().stream()
            .filter(e -> e.getKey().startsWith(prefix))
            .filter(e -> e.getValue() >= SEVERAL || e.getValue() > allowance.number())
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .toList();
    Map<FieldName, Long> having =
        mirror.withValue(
            object,
            counts.stream()
                .map(e -> new FieldName(e.getKey().substring(prefix.length())))
                .toList());
    return counts.stream()
        .map(
            e -> {
              String field = e.getKey().substring(prefix.length());
              long kept = having.getOrDefault(new FieldName(field), 0L) - e.getValue();
              return new Cleared(
                  field,
                  e.getValue(),
                  Math.max(0, kept),
                  tallies.get(PlanTallies.of(object, PlanTallies.CORRECTED_FIELD + field)));
            })
        .toList();
  }
}
