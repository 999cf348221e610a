package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.NotServed;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.OrgRecords;
import edu.cumc.aou.simulator.salesforce.org.RecordJson;
import edu.cumc.aou.simulator.salesforce.org.Row;
import edu.cumc.aou.simulator.salesforce.soql.QueryEngine;
import edu.cumc.aou.simulator.salesforce.soql.SoqlLexer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code query}, {@code queryAll} and their further pages. */
public final class QueryResource implements Resource {
  private static final int MIN_PAGE = 200;
  private static final int MAX_PAGE = 2_000;
  private static final Duration CURSOR_IDLE = Duration.ofMinutes(15);
  private static final Pattern BATCH_SIZE = Pattern.compile("batchSize\\s*=\\s*(\\d{1,6})");
  private static final Pattern LOCATOR = Pattern.compile("(01g[A-Za-z0-9]{15})-(\\d{1,9})");

  private final Org org;
  private final QueryEngine engine;
  private final RecordJson recordJson;
  private final int pageSize;
  private final Map<String, Cursor> cursors = new HashMap<>();
  private long lastCursor;

  private record Cursor(QueryEngine.Result result, int page, Instant used) {}

  public QueryResource(Org org, int pageSize) {
    this(org, org.database(), pageSize);
  }

  QueryResource(Org org, OrgRecords database, int pageSize) {
    this.org = org;
    this.engine = new QueryEngine(org, database);
    this.recordJson = new RecordJson(database);
    this.pageSize = pageSize;
  }

  @Override
  public void register(Router router) {
    router.data("GET", "/query", call -> query(call, false));
    router.data("GET", "/queryAll", call -> query(call, true));
    router.data("GET", "/query/{locator}", this::more);
    router.data("GET", "/queryAll/{locator}", this::more);
  }

  private Answer query(Call call, boolean deletedToo) {
    if (call.queryParameter("explain").isPresent()) {
      throw NotServed.error();
    }
    String text =
        call.queryParameter("q")
            .filter(q -> !q.isBlank())
            .orElseThrow(() -> SoqlLexer.malformed("A query string has to be specified"));
    return answer(call, text, deletedToo);
  }

  /** The first page of a query's result. */
  Answer answer(Call call, String text, boolean deletedToo) {
    QueryEngine.Result result = engine.run(text, deletedToo);
    ObjectNode answer =
        switch (result.shape()) {
          case COUNT, GROUPS -> whole(result);
          case RECORDS -> {
            dropIdleCursors();
            yield page(call, nextId(), new Cursor(result, page(call), org.now()), 0);
          }
        };
    if (call.flag("columns")) {
      answer.set("columnMetadata", ColumnMetadata.of(result));
    }
    return Answer.ok(answer);
  }

  /** Counts have no records, and aggregates no further pages. */
  private static ObjectNode whole(QueryEngine.Result result) {
    ObjectNode answer = envelope(result.size(), true);
    answer.putArray("records").addAll(result.groups());
    return answer;
  }

  private String nextId() {
    lastCursor++;
    return Ids.of("01g", lastCursor);
  }

  private int page(Call call) {
    int asked = MAX_PAGE;
    Matcher matcher = BATCH_SIZE.matcher(call.header("Sforce-Query-Options").orElse(""));
    if (matcher.find()) {
      asked = Math.min(MAX_PAGE, Math.max(MIN_PAGE, Integer.parseInt(matcher.group(1))));
    }
    // The header is a hint: pages may be smaller.
    return Math.min(asked, pageSize);
  }

  private Answer more(Call call) {
    dropIdleCursors();
    Matcher locator = LOCATOR.matcher(call.parameter("locator"));
    Optional<Cursor> cursor =
        locator.matches() ? Optional.ofNullable(cursors.get(locator.group(1))) : Optional.empty();
    if (cursor.isEmpty()
        || Integer.parseInt(locator.group(2)) >= cursor.get().result().rows().size()) {
      throw ApiException.of(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
    }
    return Answer.ok(
        page(call, locator.group(1), cursor.get(), Integer.parseInt(locator.group(2))));
  }

  private void dropIdleCursors() {
    cursors.values().removeIf(cursor -> !cursor.used().plus(CURSOR_IDLE).isAfter(org.now()));
  }

  private ObjectNode page(Call call, String id, Cursor cursor, int start) {
    List<Row> rows = cursor.result().rows();
    int end = Math.min(rows.size(), start + cursor.page());
    boolean done = end == rows.size();
    ObjectNode answer = envelope(rows.size(), done);
    if (!done) {
      cursors.put(id, new Cursor(cursor.result(), cursor.page(), org.now()));
      answer.put("nextRecordsUrl", call.dataPath() + "/query/" + id + "-" + end);
    }
    ArrayNode records = answer.putArray("records");
    for (Row row : rows.subList(start, end)) {
      ObjectNode record = recordJson.of(call.dataPath(), row, cursor.result().columns());
      cursor
          .result()
          .children()
          .forEach(children -> addChildren(call, cursor, record, row, children));
      records.add(record);
    }
    return answer;
  }

  /** Children have pages of their own, which go on where the first one ends. */
  private void addChildren(
      Call call, Cursor parent, ObjectNode record, Row row, QueryEngine.Children children) {
    QueryEngine.Result own = children.byParent().get(row.id());
    if (own == null || own.rows().isEmpty()) {
      record.putNull(children.name());
    } else {
      record.set(
          children.name(), page(call, nextId(), new Cursor(own, parent.page(), org.now()), 0));
    }
  }

  private static ObjectNode envelope(int totalSize, boolean done) {
    return JsonNodeFactory.instance.objectNode().put("totalSize", totalSize).put("done", done);
  }
}
