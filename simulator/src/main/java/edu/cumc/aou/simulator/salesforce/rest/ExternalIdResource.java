package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import edu.cumc.aou.simulator.salesforce.org.RecordJson;
import edu.cumc.aou.simulator.salesforce.org.Row;
import edu.cumc.aou.simulator.salesforce.org.Upsert;
import edu.cumc.aou.simulator.salesforce.org.Values;
import java.util.List;
import java.util.Optional;

/** {@code sobjects/X/field/value}: one record at a time, by a key other than its id. */
public final class ExternalIdResource implements Resource {
  /** Up to this version the answer to an update has no body. */
  private static final int LAST_WITHOUT_BODY = 45;

  private final Org org;
  private final RecordJson recordJson;
  private final Relationships relationships;

  public ExternalIdResource(Org org, QueryResource queries) {
    this.org = org;
    this.recordJson = new RecordJson(org.database());
    this.relationships = new Relationships(org, recordJson, queries);
  }

  @Override
  public void register(Router router) {
    router.data("GET", "/sobjects/{object}/{field}/{value}", this::read);
    router.data("PATCH", "/sobjects/{object}/{field}/{value}", this::upsert);
    router.data("DELETE", "/sobjects/{object}/{field}/{value}", this::delete);
  }

  private Upsert by(Call call) {
    return Upsert.by(org, org.type(call.parameter("object")), call.parameter("field"));
  }

  private static Object value(Upsert upsert, Call call) {
    Object value = Values.read(upsert.key(), TextNode.valueOf(call.parameter("value")));
    if (value == null || value.toString().isBlank()) {
      throw ApiException.notFound();
    }
    return value;
  }

  private Answer read(Call call) {
    ObjectType type = org.type(call.parameter("object"));
    String first = call.parameter("field");
    if (type.field(first).isEmpty() && Ids.canonical(first).isPresent()) {
      return relationships.read(call, type, first, call.parameter("value"));
    }
    Upsert upsert = by(call);
    List<Row> matches = upsert.matches(value(upsert, call));
    if (matches.size() > 1) {
      return several(call, matches);
    }
    Row row = matches.stream().findFirst().orElseThrow(ApiException::notFound);
    return Answer.ok(RecordResource.json(call, recordJson, row));
  }

  private Answer upsert(Call call) {
    Upsert upsert = by(call);
    Object value = value(upsert, call);
    List<Row> matches = upsert.matches(value);
    if (matches.size() > 1) {
      return several(call, matches);
    }
    Optional<Row> match = matches.stream().findFirst();
    if (match.isEmpty() && call.flag("updateOnly")) {
      throw ApiException.notFound();
    }
    ObjectType type = org.type(call.parameter("object"));
    Draft draft = call.json(json -> Draft.bind(org.schema(), type, json));
    refuseKeyInBody(draft, upsert.key());
    if (upsert.key().type() != FieldType.ID) {
      draft.values().put(upsert.key(), value);
    }
    String id = upsert.write(draft, match, call.userId());
    boolean shows = call.version() > LAST_WITHOUT_BODY;
    if (match.isEmpty()) {
      return RecordResource.created(call, type, id, shows ? Optional.of(true) : Optional.empty());
    }
    if (!shows) {
      return Answer.empty(204);
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id).put("success", true);
    json.putArray("errors");
    return Answer.ok(json.put("created", false));
  }

  private static void refuseKeyInBody(Draft draft, Field key) {
    boolean hasKey = draft.values().containsKey(key);
    if (hasKey || draft.id().isPresent()) {
      throw ApiException.of(
          400,
          "INVALID_FIELD",
          "The "
              + (hasKey ? key.name() : "Id")
              + " field should not be specified in the sobject data.");
    }
  }

  private Answer delete(Call call) {
    Upsert upsert = by(call);
    List<Row> matches = upsert.matches(value(upsert, call));
    if (matches.size() > 1) {
      return several(call, matches);
    }
    Row row = matches.stream().findFirst().orElseThrow(ApiException::notFound);
    org.writer().delete(row.type(), row.id(), call.userId());
    return Answer.empty(204);
  }

  /** Does nothing; the answer lists the records that the value could mean. */
  private static Answer several(Call call, List<Row> rows) {
    ArrayNode urls = JsonNodeFactory.instance.arrayNode();
    rows.forEach(
        row -> urls.add(call.dataPath() + "/sobjects/" + row.type().name() + "/" + row.id()));
    return Answer.json(300, urls);
  }
}
