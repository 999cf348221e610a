package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Versions;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks Contacts against the org's duplicate rule. Not thread-safe: the org's lock guards it. */
public final class DuplicateCheck {
  private static final String MESSAGE =
      "You're creating a duplicate record. We recommend you use an existing record instead.";

  private final OrgRecords database;
  private final Optional<DuplicateRule> rule;
  private boolean allowSave;

  DuplicateCheck(OrgRecords database, Optional<DuplicateRule> rule) {
    this.database = database;
    this.rule = rule;
  }

  /** Does work for a caller who may allow duplicates. */
  public <T> T allowing(boolean allow, Supplier<T> work) {
    allowSave = allow;
    try {
      return work.get();
    } finally {
      allowSave = false;
    }
  }

  /**
   * Checks a record as it is to be stored.
   *
   * @throws ApiException {@code DUPLICATES_DETECTED}
   */
  void check(Row row) {
    if (rule.isEmpty() || !row.type().name().equals(Schema.CONTACT)) {
      return;
    }
    List<Row> matches = matches(rule.get(), row);
    if (!matches.isEmpty() && (rule.get().blocks() || !allowSave)) {
      throw ApiException.ofRecord(400, "DUPLICATES_DETECTED", MESSAGE)
          .withDuplicates(result(rule.get(), row.type(), matches));
    }
  }

  private List<Row> matches(DuplicateRule duplicateRule, Row row) {
    List<Field> fields = duplicateRule.fields().stream().map(row.type()::known).toList();
    if (fields.stream().anyMatch(field -> row.get(field) == null)) {
      return List.of();
    }
    Object first = row.get(fields.get(0));
    return first == null
        ? List.of()
        : database.table(row.type()).find(fields.get(0), first).stream()
            .filter(other -> !other.isDeleted() && !other.id().equals(row.id()))
            .filter(other -> fields.stream().allMatch(field -> isSame(field, row, other)))
            .toList();
  }

  private static boolean isSame(Field field, Row row, Row other) {
    Object mine = row.get(field);
    Object theirs = other.get(field);
    return mine != null
        && theirs != null
        && Values.comparable(field, mine).equals(Values.comparable(field, theirs));
  }

  private static ObjectNode result(DuplicateRule rule, ObjectType type, List<Row> matches) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("allowSave", !rule.blocks())
            .put("duplicateRule", rule.name())
            .put("duplicateRuleEntityType", type.name())
            .put("errorMessage", MESSAGE);
    ObjectNode match = json.putArray("matchResults").addObject().put("entityType", type.name());
    match.putArray("errors");
    match.put("matchEngine", "ExactMatchEngine");
    matches.forEach(
        row -> {
          ObjectNode one = match.withArray("matchRecords").addObject();
          one.putArray("additionalInformation");
          one.putArray("fieldDiffs");
          one.put("matchConfidence", 100.0);
          ObjectNode record = one.putObject("record");
          record.set(
              "attributes",
              RecordJson.attributes("/services/data/v" + Versions.NEWEST + ".0", row));
          record.put("Id", row.id());
        });
    match.put("rule", rule.name()).put("size", matches.size()).put("success", true);
    return json;
  }
}
