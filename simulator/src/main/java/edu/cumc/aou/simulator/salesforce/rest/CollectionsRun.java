package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.org.Org;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Writes the records of one Collections request one after the other and answers in their order. */
final class CollectionsRun {
  private final Org org;
  private final boolean allOrNone;
  private final UnaryOperator<ApiException> placing;
  private final int start;
  private final List<Outcome> outcomes = new ArrayList<>();

  /**
   * The result of one record.
   *
   * @param id empty if it was refused
   * @param error empty if it was written
   * @param created whether it was, or would have been, created; empty unless upserted
   */
  record Outcome(Optional<String> id, Optional<ApiException> error, Optional<Boolean> created) {
    static Outcome of(String id) {
      return new Outcome(Optional.of(id), Optional.empty(), Optional.empty());
    }
  }

  CollectionsRun(Org org, boolean allOrNone) {
    this(org, allOrNone, error -> error);
  }

  /** {@code placing}: gives an error the place of the value that it is about. */
  CollectionsRun(Org org, boolean allOrNone, UnaryOperator<ApiException> placing) {
    this.placing = placing;
    this.org = org;
    this.allOrNone = allOrNone;
    this.start = org.database().mark();
  }

  void add(Supplier<Outcome> write) {
    add(write, Optional.empty());
  }

  void addUpsert(Supplier<Outcome> write, boolean inserts) {
    add(write, Optional.of(inserts));
  }

  private void add(Supplier<Outcome> write, Optional<Boolean> created) {
    int mark = org.database().mark();
    try {
      outcomes.add(new Outcome(write.get().id(), Optional.empty(), created));
    } catch (ApiException e) {
      if (e.status() >= 500) {
        // A failure inside Salesforce ends the whole call.
        throw e;
      }
      org.database().rollback(mark);
      outcomes.add(new Outcome(Optional.empty(), Optional.of(placing.apply(e)), created));
    }
  }

  Answer answer() {
    refuseChunk();
    boolean rolledBack =
        allOrNone && outcomes.stream().anyMatch(outcome -> outcome.error().isPresent());
    if (rolledBack) {
      org.database().rollback(start);
    }
    ArrayNode answer = JsonNodeFactory.instance.arrayNode();
    outcomes.forEach(outcome -> answer.add(toJson(outcome, rolledBack)));
    return Answer.ok(answer);
  }

  /** Triggers get all records at once, so their exceptions concern all that were written. */
  private void refuseChunk() {
    int written = (int) outcomes.stream().filter(outcome -> outcome.error().isEmpty()).count();
    Optional<ApiException> refusal = org.automation().chunk(written);
    if (refusal.isPresent()) {
      org.database().rollback(start);
      outcomes.replaceAll(
          outcome ->
              outcome.error().isPresent()
                  ? outcome
                  : new Outcome(Optional.empty(), refusal, outcome.created()));
    }
  }

  private static ObjectNode toJson(Outcome outcome, boolean rolledBack) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    // A record that was rolled back may show an id that no longer exists, as in the documentation.
    outcome.id().ifPresent(id -> json.put("id", id));
    Optional<ApiException> error = outcome.error();
    if (error.isEmpty() && rolledBack) {
      error =
          Optional.of(
              ApiException.of(
                  400,
                  "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                  "Record rolled back because not all records were valid and the request was using"
                      + " AllOrNone header"));
    }
    json.put("success", error.isEmpty());
    json.set("errors", error.map(Answer::rowErrors).orElseGet(JsonNodeFactory.instance::arrayNode));
    outcome.created().ifPresent(created -> json.put("created", created));
    return json;
  }
}
