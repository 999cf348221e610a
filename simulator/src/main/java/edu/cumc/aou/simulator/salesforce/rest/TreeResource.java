package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.org.Draft;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code composite/tree/X}: creates records with their children, all or none. */
public final class TreeResource implements Resource {
  private static final int MAX_RECORDS = 200;
  private static final String RECORDS = "records";

  private final Org org;

  public TreeResource(Org org) {
    this.org = org;
  }

  @Override
  public void register(Router router) {
    router.data("POST", "/composite/tree/{object}", this::create);
  }

  /**
   * One record of a tree.
   *
   * @param name the request's name for it
   * @param parent the record above it, and the field that points there; empty for a root
   */
  private record Node(
      String name,
      ObjectType type,
      JsonNode json,
      ObjectNode fields,
      Optional<Map.Entry<Node, Field>> parent) {}

  private Answer create(Call call) {
    ObjectType root = org.type(call.parameter("object"));
    JsonNode body = call.json();
    List<Node> nodes = nodes(records(body), root);
    List<Node> twice = namedTwice(nodes);
    if (!twice.isEmpty()) {
      return refused(twice, invalid("Duplicate ReferenceId provided in the request."));
    }
    int start = org.database().mark();
    Map<String, String> ids = new HashMap<>();
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    for (Node node : nodes) {
      try {
        String id = org.writer().insert(draft(node, ids), call.userId());
        ids.put(node.name(), id);
        results.addObject().put("referenceId", node.name()).put("id", id);
      } catch (ApiException e) {
        org.database().rollback(start);
        return refused(List.of(node), call.placed(body, e.within(node.json())));
      }
    }
    return answer(201, results);
  }

  /** All records, level by level, in the order of creation and answer. */
  private List<Node> nodes(JsonNode roots, ObjectType type) {
    List<Node> all = new ArrayList<>();
    List<Node> level = new ArrayList<>();
    roots.forEach(json -> level.add(node(json, type, Optional.empty())));
    // Five levels and five types are the limit, which the objects of this org cannot reach.
    while (!level.isEmpty()) {
      all.addAll(level);
      List<Node> next = new ArrayList<>();
      level.forEach(node -> next.addAll(takeChildren(node)));
      level.clear();
      level.addAll(next);
    }
    if (all.size() > MAX_RECORDS) {
      throw invalid("The request can't contain more than 200 records.");
    }
    return all;
  }

  private static Node node(
      JsonNode json, ObjectType type, Optional<Map.Entry<Node, Field>> parent) {
    JsonNode attributes = json.path("attributes");
    if (!(json instanceof ObjectNode fields)
        || !attributes.path("type").asText().equalsIgnoreCase(type.name())) {
      throw invalid("The attributes of each record must have the type " + type.name() + ".");
    }
    return new Node(
        attributes.path("referenceId").asText(), type, fields, fields.deepCopy(), parent);
  }

  /** Removes the children from the record, which leaves its own fields. */
  private List<Node> takeChildren(Node node) {
    List<Node> children = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : List.copyOf(node.fields().properties())) {
      Optional<Map.Entry<ObjectType, Field>> child =
          org.schema().child(node.type(), property.getKey());
      if (child.isPresent()) {
        for (JsonNode json : records(property.getValue())) {
          children.add(
              node(
                  json,
                  child.get().getKey(),
                  Optional.of(Map.entry(node, child.get().getValue()))));
        }
        node.fields().remove(property.getKey());
      }
    }
    return children;
  }

  private Draft draft(Node node, Map<String, String> ids) {
    Draft draft = Draft.bind(org.schema(), node.type(), node.fields());
    node.parent().ifPresent(up -> draft.values().put(up.getValue(), ids.get(up.getKey().name())));
    return draft;
  }

  private static JsonNode records(JsonNode body) {
    if (!body.path(RECORDS).isArray()) {
      throw ApiException.of(
          400, "JSON_PARSER_ERROR", "The property 'records' is required at [line:1, column:1]");
    }
    return body.path(RECORDS);
  }

  private static List<Node> namedTwice(List<Node> nodes) {
    Map<String, Long> times =
        nodes.stream().collect(Collectors.groupingBy(Node::name, Collectors.counting()));
    if (times.containsKey("")) {
      throw invalid("Include a reference ID for each record in the request.");
    }
    return nodes.stream().filter(node -> times.getOrDefault(node.name(), 0L) > 1).toList();
  }

  private static ApiException invalid(String text) {
    return ApiException.of(400, "INVALID_INPUT", text);
  }

  private static Answer refused(List<Node> culprits, ApiException e) {
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    for (Node culprit : culprits) {
      results.addObject().put("referenceId", culprit.name()).set("errors", Answer.rowErrors(e));
    }
    return answer(400, results);
  }

  private static Answer answer(int status, ArrayNode results) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("hasErrors", status >= 400);
    json.set("results", results);
    return Answer.json(status, json);
  }
}
