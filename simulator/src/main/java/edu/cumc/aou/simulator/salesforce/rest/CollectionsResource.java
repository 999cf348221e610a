package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.org.Draft;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.Upsert;
import edu.cumc.aou.simulator.salesforce.org.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code composite/sobjects}: up to 200 records written in one call. */
public final class CollectionsResource implements Resource {
  private static final int MAX_RECORDS = 200;
  private static final int MAX_RUNS = 10;

  private final Org org;
  private final boolean bindingErrorsPerRow;

  public CollectionsResource(Org org, boolean bindingErrorsPerRow) {
    this.org = org;
    this.bindingErrorsPerRow = bindingErrorsPerRow;
  }

  @Override
  public void register(Router router) {
    router.data("POST", "/composite/sobjects", this::create);
    router.data("PATCH", "/composite/sobjects", this::update);
    router.data("DELETE", "/composite/sobjects", this::delete);
    router.data("PATCH", "/composite/sobjects/{object}/{field}", this::upsert);
  }

  private Answer create(Call call) {
    return call.json(body -> create(call, body));
  }

  private Answer create(Call call, JsonNode body) {
    CollectionsRun run = run(call, body);
    for (JsonNode json : records(body)) {
      run.add(() -> insert(json, call.userId()));
    }
    return run.answer();
  }

  private CollectionsRun.Outcome insert(JsonNode json, String userId) {
    return CollectionsRun.Outcome.of(org.writer().insert(bind(type(json), json), userId));
  }

  private Answer update(Call call) {
    return call.json(body -> update(call, body));
  }

  private Answer update(Call call, JsonNode body) {
    CollectionsRun run = run(call, body);
    List<JsonNode> records = records(body);
    List<String> ids = records.stream().map(CollectionsResource::id).toList();
    for (int i = 0; i < records.size(); i++) {
      JsonNode json = records.get(i);
      String id = ids.get(i);
      run.add(
          () -> {
            refuseTwice(ids, id);
            return update(json, call.userId());
          });
    }
    return run.answer();
  }

  /** The id that a record states, 18 characters if it is one. */
  private static String id(JsonNode json) {
    for (Map.Entry<String, JsonNode> property : json.properties()) {
      if (property.getKey().equalsIgnoreCase("Id")) {
        return canonical(property.getValue().asText(""));
      }
    }
    return "";
  }

  private static String canonical(String id) {
    return Ids.canonical(id.strip()).orElse(id.strip());
  }

  private static void refuseTwice(List<String> ids, String id) {
    if (!id.isEmpty() && Collections.frequency(ids, id) > 1) {
      throw Upsert.idTwice(id);
    }
  }

  private CollectionsRun.Outcome update(JsonNode json, String userId) {
    ObjectType type = type(json);
    Draft draft = bind(type, json);
    String id =
        draft
            .id()
            .orElseThrow(
                () ->
                    ApiException.ofRecord(
                        400, "MISSING_ARGUMENT", "Id not specified in an update call", "Id"));
    org.writer().update(id, draft, userId);
    return CollectionsRun.Outcome.of(org.writer().existing(type, id).id());
  }

  private Answer delete(Call call) {
    List<String> ids =
        List.of(
            call.queryParameter("ids")
                .filter(text -> !text.isBlank())
                .orElseThrow(
                    () ->
                        ApiException.of(400, "MISSING_ARGUMENT", "The ids parameter is required."))
                .split(",", -1));
    refuseTooMany(ids.size());
    CollectionsRun run = new CollectionsRun(org, call.flag("allOrNone"));
    List<String> all = ids.stream().map(CollectionsResource::canonical).toList();
    for (String id : all) {
      run.add(
          () -> {
            refuseTwice(all, id);
            return delete(id, call.userId());
          });
    }
    return run.answer();
  }

  private CollectionsRun.Outcome delete(String id, String userId) {
    ObjectType type =
        Ids.canonical(id)
            .flatMap(org.schema()::typeOfId)
            .orElseThrow(
                () -> ApiException.ofRecord(400, "MALFORMED_ID", "malformed id " + id, "Id"));
    String canonical = org.writer().existing(type, id).id();
    org.writer().delete(type, canonical, userId);
    return CollectionsRun.Outcome.of(canonical);
  }

  private Answer upsert(Call call) {
    return call.json(body -> upsert(call, body));
  }

  private Answer upsert(Call call, JsonNode body) {
    ObjectType type = org.type(call.parameter("object"));
    Upsert upsert = Upsert.by(org, type, call.parameter("field"));
    List<JsonNode> records = records(body);
    Map<String, Integer> occurrences = new HashMap<>();
    records.forEach(json -> occurrences.merge(keyText(upsert.key(), json), 1, Integer::sum));
    CollectionsRun run = run(call, body);
    for (JsonNode json : records) {
      boolean twice = occurrences.getOrDefault(keyText(upsert.key(), json), 0) > 1;
      boolean inserts = wouldInsert(upsert, json);
      run.addUpsert(() -> upsert(call, upsert, type, json, twice), inserts);
    }
    return run.answer();
  }

  private CollectionsRun.Outcome upsert(
      Call call, Upsert upsert, ObjectType type, JsonNode json, boolean twice) {
    if (!type(json).name().equals(type.name())) {
      throw ApiException.ofRecord(
          400, "INVALID_TYPE", "All records of an upsert must be of the type in the URL");
    }
    return CollectionsRun.Outcome.of(
        upsert.put(bind(type, json), twice, call.flag("updateOnly"), call.userId()).id());
  }

  /** What a failed row says about itself: whether it would have been created. */
  private static boolean wouldInsert(Upsert upsert, JsonNode json) {
    String text = keyText(upsert.key(), json);
    if (upsert.key().type() == FieldType.ID || text.isEmpty()) {
      return text.isEmpty();
    }
    try {
      Object value = Values.read(upsert.key(), TextNode.valueOf(text));
      return value == null || upsert.matches(value).isEmpty();
    } catch (ApiException e) {
      return true;
    }
  }

  /** The key in the request, folded as keys are compared; empty if there is none. */
  private static String keyText(Field key, JsonNode json) {
    for (Map.Entry<String, JsonNode> property : json.properties()) {
      if (property.getKey().equalsIgnoreCase(key.name())) {
        String text = property.getValue().asText("").strip();
        return key.type() == FieldType.ID
            ? Ids.canonical(text).orElse(text)
            : Values.comparable(key, text).toString();
      }
    }
    return "";
  }

  private Draft bind(ObjectType type, JsonNode json) {
    return Draft.bind(org.schema(), type, json);
  }

  private CollectionsRun run(Call call, JsonNode body) {
    return new CollectionsRun(org, allOrNone(body), error -> call.placed(body, error));
  }

  private static boolean allOrNone(JsonNode body) {
    return body.path("allOrNone").asBoolean(false);
  }

  private ObjectType type(JsonNode json) {
    String name = typeName(json);
    return org.schema()
        .type(name)
        .orElseThrow(
            () ->
                ApiException.ofBinding(
                    "INVALID_TYPE", "sObject type '" + name + "' is not supported."));
  }

  private static String typeName(JsonNode json) {
    return json.path("attributes").path("type").asText();
  }

  /** The records of the body, after everything that makes the whole request fail. */
  private List<JsonNode> records(JsonNode body) {
    if (!body.path("records").isArray()) {
      throw ApiException.of(
          400, "JSON_PARSER_ERROR", "The property 'records' is required at [line:1, column:1]");
    }
    List<JsonNode> records = new ArrayList<>();
    body.path("records").forEach(records::add);
    refuseTooMany(records.size());
    String former = "";
    int runs = 0;
    for (JsonNode json : records) {
      String name = typeName(json);
      if (!(json instanceof ObjectNode) || name.isEmpty()) {
        throw ApiException.of(
            400, "INVALID_FIELD", "The attributes.type of each record is required");
      }
      if (!name.equalsIgnoreCase(former)) {
        runs++;
      }
      former = name;
    }
    if (runs > MAX_RUNS) {
      throw ApiException.of(
          400, "LIMIT_EXCEEDED", "Cannot have more than 10 chunks in a single operation");
    }
    if (!bindingErrorsPerRow) {
      records.forEach(json -> bind(type(json), json));
    }
    return records;
  }

  private static void refuseTooMany(int records) {
    if (records > MAX_RECORDS) {
      throw ApiException.of(
          400,
          "EXCEEDED_ID_LIMIT",
          "record limit reached. cannot submit more than 200 records into this call");
    }
  }
}
