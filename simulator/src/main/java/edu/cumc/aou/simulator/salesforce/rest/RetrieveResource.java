package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.FieldPath;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.RecordJson;
import edu.cumc.aou.simulator.salesforce.org.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code composite/sobjects/X}: reads many records by their ids in one call. */
public final class RetrieveResource implements Resource {
  private static final int MAX_IDS = 2_000;

  private final Org org;
  private final RecordJson recordJson;

  public RetrieveResource(Org org) {
    this.org = org;
    this.recordJson = new RecordJson(org.database());
  }

  @Override
  public void register(Router router) {
    router.data("GET", "/composite/sobjects/{object}", this::get);
    router.data("POST", "/composite/sobjects/{object}", this::post);
  }

  private Answer get(Call call) {
    return retrieve(call, list(call, "ids"), list(call, "fields"));
  }

  private static List<String> list(Call call, String parameter) {
    return List.of(
        call.queryParameter(parameter).orElseThrow(() -> missing(parameter)).split(",", -1));
  }

  private Answer post(Call call) {
    JsonNode body = call.json();
    return retrieve(call, list(body, "ids"), list(body, "fields"));
  }

  private static List<String> list(JsonNode body, String property) {
    if (!body.path(property).isArray()) {
      throw missing(property);
    }
    List<String> texts = new ArrayList<>();
    body.path(property).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static ApiException missing(String name) {
    return ApiException.of(400, "MISSING_ARGUMENT", "The " + name + " parameter is required.");
  }

  private Answer retrieve(Call call, List<String> ids, List<String> fields) {
    ObjectType type = org.type(call.parameter("object"));
    if (ids.size() > MAX_IDS) {
      throw ApiException.of(
          400,
          "EXCEEDED_ID_LIMIT",
          "record limit reached. cannot submit more than 2000 records into this call");
    }
    List<FieldPath> columns = new ArrayList<>();
    columns.add(new FieldPath(List.of(), type.known("Id")));
    for (String name : fields) {
      Field field = RecordResource.field(type, name.strip());
      if (field.type() != FieldType.ID) {
        columns.add(new FieldPath(List.of(), field));
      }
    }
    ArrayNode records = JsonNodeFactory.instance.arrayNode();
    for (String id : ids) {
      Optional<Row> row =
          Ids.canonical(id.strip())
              .flatMap(org.database().table(type)::row)
              .filter(found -> !found.isDeleted());
      row.ifPresentOrElse(
          found -> records.add(recordJson.of(call.dataPath(), found, columns)), records::addNull);
    }
    return Answer.ok(records);
  }
}
