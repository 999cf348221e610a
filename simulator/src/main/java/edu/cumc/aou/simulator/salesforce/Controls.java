package edu.cumc.aou.simulator.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.fault.Faults;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.RequestLog;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.OwnSchema;
import java.util.ArrayList;
import java.util.List;

/** Changes a running simulator over HTTP. */
final class Controls {
  private static final String TEXT = "text/plain;charset=UTF-8";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Org org;
  private final Faults faults;
  private final RequestLog log;

  Controls(Org org, Faults faults, RequestLog log) {
    this.org = org;
    this.faults = faults;
    this.log = log;
  }

  /** Does what the call asks for, or says what is wrong with it. */
  Answer change(Call call, String page) {
    try {
      return switch (call.method() + " " + page) {
        case "POST /faults" -> addFaults(call.body());
        case "DELETE /faults" -> {
          faults.clear();
          yield Answer.empty(204);
        }
        case "POST /schema" -> changeSchema(call.body());
        case "POST /state-picklists" -> changeStatePicklists(JSON.readTree(call.body()));
        case "POST /picklists" -> changePicklist(JSON.readTree(call.body()));
        case "DELETE /requests" -> {
          log.reset();
          yield Answer.empty(204);
        }
        default ->
            Answer.text(
                405,
                TEXT,
                "What can be changed: POST and DELETE /simulator/faults, POST"
                    + " /simulator/picklists, /simulator/schema and /simulator/state-picklists,"
                    + " DELETE /simulator/requests.");
      };
    } catch (SalesforceSimulatorException e) {
      return Answer.text(400, TEXT, String.valueOf(e.getMessage()));
    } catch (JsonProcessingException e) {
      return Answer.text(400, TEXT, "The body is not JSON");
    }
  }

  /** The values of each picklist, present and former. */
  ObjectNode picklists() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("picklists");
    for (ObjectType type : org.schema().types()) {
      for (Field field : type.fields()) {
        if (field.type().isPicklist()) {
          ObjectNode one = array.addObject().put("object", type.name()).put("field", field.name());
          org.call(
              () -> {
                field.values().active().forEach(one.putArray("active")::add);
                field.values().removed().forEach(one.putArray("removed")::add);
                return one;
              });
        }
      }
    }
    return json;
  }

  /** One fault per line, as on the command line. */
  private Answer addFaults(String body) {
    List<DeclaredFault> all =
        body.lines().filter(line -> !line.isBlank()).map(DeclaredFault::parse).toList();
    if (all.isEmpty()) {
      throw new SalesforceSimulatorException(
          "The body has no fault; it holds one a line, such as: refuse field=LastName value=Test");
    }
    for (DeclaredFault fault : all) {
      fault.check(org.schema());
      if (fault.isOfJourneys()) {
        throw new SalesforceSimulatorException(
            "Faults of journeys are asked for when the simulator starts");
      }
    }
    all.forEach(faults::add);
    return Answer.empty(204);
  }

  private Answer changePicklist(JsonNode body) {
    checkKeys(body, List.of("object", "field", "add", "remove"));
    org.changePicklist(
        body.path("object").asText(),
        body.path("field").asText(),
        texts(body.path("add")),
        texts(body.path("remove")));
    return Answer.empty(204);
  }

  /**
   * The same content as --schema: its objects and fields replace the earlier ones, its rules are
   * added.
   */
  private Answer changeSchema(String body) {
    OwnSchema schema = OwnSchema.parse(body);
    List<DeclaredFault> rules = schema.rules().stream().map(DeclaredFault::parse).toList();
    org.changeSchema(schema, made -> rules.forEach(rule -> rule.check(made)));
    rules.forEach(faults::add);
    ObjectNode notes = JsonNodeFactory.instance.objectNode();
    ArrayNode array = notes.putArray("notes");
    org.schema().notes().forEach(array::add);
    return Answer.ok(notes);
  }

  private Answer changeStatePicklists(JsonNode body) {
    checkKeys(body, List.of("on"));
    if (!body.path("on").isBoolean()) {
      throw new SalesforceSimulatorException("The body is {\"on\":true} or {\"on\":false}");
    }
    org.changeStatePicklists(body.path("on").booleanValue());
    return Answer.empty(204);
  }

  private static void checkKeys(JsonNode body, List<String> known) {
    for (String key : (Iterable<String>) body::fieldNames) {
      if (!known.contains(key)) {
        throw new SalesforceSimulatorException(
            "'" + key + "' is unknown; the keys are " + String.join(", ", known));
      }
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
