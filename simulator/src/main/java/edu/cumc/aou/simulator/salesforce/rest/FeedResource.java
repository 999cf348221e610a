package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.Row;
import edu.cumc.aou.simulator.salesforce.org.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;

/** {@code sobjects/X/updated} and {@code sobjects/X/deleted}: what changed in a span of time. */
public final class FeedResource implements Resource {
  private static final Duration UPDATED_KEPT = Duration.ofDays(30);
  private static final Duration DELETED_KEPT = Duration.ofDays(15);

  private final Org org;

  /** A span of whole minutes, the end excluded. */
  private record Window(Instant start, Instant end) {
    boolean contains(Instant instant) {
      return !instant.isBefore(start) && instant.isBefore(end);
    }
  }

  public FeedResource(Org org) {
    this.org = org;
  }

  @Override
  public void register(Router router) {
    router.data("GET", "/sobjects/{object}/updated", this::updated);
    router.data("GET", "/sobjects/{object}/deleted", this::deleted);
  }

  private Answer updated(Call call) {
    ObjectType type = org.type(call.parameter("object"));
    Window window = window(call, UPDATED_KEPT);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode ids = answer.putArray("ids");
    rows(type, window, row -> !row.isDeleted()).forEach(row -> ids.add(row.id()));
    return Answer.ok(answer.put("latestDateCovered", latestCovered(window)));
  }

  private Answer deleted(Call call) {
    ObjectType type = org.type(call.parameter("object"));
    Window window = window(call, DELETED_KEPT);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode records = answer.putArray("deletedRecords");
    for (Row row : rows(type, window, Row::isDeleted)) {
      records
          .addObject()
          .put("id", row.id())
          .put("deletedDate", Values.stamp(row.systemModstamp()));
    }
    answer.put("earliestDateAvailable", Values.stamp(minute(org.now().minus(DELETED_KEPT))));
    return Answer.ok(answer.put("latestDateCovered", latestCovered(window)));
  }

  private List<Row> rows(ObjectType type, Window window, Predicate<Row> wanted) {
    return org.database().table(type).stampedSince(window.start()).stream()
        .takeWhile(row -> window.contains(row.systemModstamp()))
        .filter(wanted)
        .toList();
  }

  private String latestCovered(Window window) {
    Instant now = minute(org.now());
    return Values.stamp(window.end().isAfter(now) ? now : window.end());
  }

  private Window window(Call call, Duration kept) {
    Window window = new Window(minute(instant(call, "start")), minute(instant(call, "end")));
    if (!window.start().isBefore(window.end())) {
      throw invalid("startDate must be at least one minute greater than endDate");
    }
    if (window.start().isBefore(minute(org.now().minus(kept)))) {
      throw invalid("startDate before org replication enabled date");
    }
    return window;
  }

  private static Instant instant(Call call, String parameter) {
    return call.queryParameter(parameter)
        .flatMap(Values::parseDateTime)
        .orElseThrow(() -> invalid("The parameter " + parameter + " is not a dateTime"));
  }

  private static ApiException invalid(String message) {
    return ApiException.of(400, "INVALID_REPLICATION_DATE", message);
  }

  private static Instant minute(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MINUTES);
  }
}
