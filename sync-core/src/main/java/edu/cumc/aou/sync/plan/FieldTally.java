package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.MirrorTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * In how many records a plan does the same to one field.
 *
 * @param having how many records have a value in it before
 * @param corrected those that only correct what an earlier version had wrong
 */
record FieldTally(String field, long count, long having, long corrected) {

  /** How many fields a message names. */
  private static final int NAMED = 5;

  /** Whether a plan has any of these counts. */
  static boolean isThere(Tallies tallies, String prefix) {
    return tallies.asMap().keySet().stream().anyMatch(name -> name.contains("." + prefix));
  }

  /**
   * Reads the counts of a plan, most records first.
   *
   * @param prefix which counts
   * @param worth whether a count is worth a look at the mirror
   */
  static List<FieldTally> read(
      Tallies tallies,
      CrmObject object,
      String prefix,
      Predicate<Map.Entry<String, Long>> worth,
      MirrorTable mirror) {
    String begin = PlanTallies.of(object, prefix);
    List<Map.Entry<String, Long>> counts =
        tallies.asMap().entrySet().stream()
            .filter(e -> e.getKey().startsWith(begin))
            .filter(worth)
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .toList();
    Function<Map.Entry<String, Long>, FieldName> name =
        e -> new FieldName(e.getKey().substring(begin.length()));
    Map<FieldName, Long> having = mirror.withValue(object, counts.stream().map(name).toList());
    return counts.stream()
        .map(
            e -> {
              FieldName field = name.apply(e);
              return new FieldTally(
                  field.value(),
                  e.getValue(),
                  having.getOrDefault(field, 0L),
                  tallies.get(PlanTallies.of(object, PlanTallies.CORRECTED_FIELD + field)));
            })
        .toList();
  }

  /** Those that the day changes; the others correct an earlier version, and come once. */
  long ofTheDay() {
    return count - Math.min(corrected, count);
  }

  /** How many keep a value if these lose theirs. */
  long kept() {
    return Math.max(0, having - count);
  }

  /** {@code "Phone in 21 (3 of them only correct ...)"}. */
  String inRecords() {
    return String.format(
        Locale.ROOT, "%s in %,d%s", field, count, Guards.corrections(Math.min(corrected, count)));
  }

  /** Names the first fields and counts the rest. */
  static String list(List<FieldTally> fields, Function<FieldTally, String> text) {
    int more = fields.size() - NAMED;
    return fields.stream().limit(NAMED).map(text).collect(Collectors.joining("; "))
        + (more > 0 ? "; and %d fields more".formatted(more) : "");
  }

  static String records(CrmObject object) {
    return object == CrmObject.CONTACT ? "Contacts" : "journeys";
  }
}
