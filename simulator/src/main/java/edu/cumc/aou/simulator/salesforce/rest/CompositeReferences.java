package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code @{name.path}} by values from earlier answers. */
final class CompositeReferences {
  private static final Pattern REFERENCE =
      Pattern.compile("@\\{(?<name>[A-Za-z0-9_]+)(?<path>[^}]*)}");
  private static final Pattern STEP = Pattern.compile("\\.(?<key>\\w+)|\\[(?<index>\\d{1,6})]");

  private final Map<String, JsonNode> answers = new HashMap<>();

  /** Remembers the answer of a successful request. */
  void put(String name, JsonNode body) {
    answers.put(name, body);
  }

  /**
   * The text with its references resolved.
   *
   * @throws ApiException {@code PROCESSING_HALTED} if one leads nowhere
   */
  String resolve(String text) {
    Matcher reference = REFERENCE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (reference.find()) {
      reference.appendReplacement(
          resolved,
          Matcher.quoteReplacement(value(reference.group("name"), reference.group("path"))));
    }
    return reference.appendTail(resolved).toString();
  }

  /** The body with the references in its texts resolved. */
  JsonNode resolve(JsonNode body) {
    if (body instanceof ObjectNode object) {
      ObjectNode resolved = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(one -> resolved.set(one.getKey(), resolve(one.getValue())));
      return resolved;
    } else if (body instanceof ArrayNode array) {
      ArrayNode resolved = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(one -> resolved.add(resolve(one)));
      return resolved;
    }
    return body.isTextual() ? TextNode.valueOf(resolve(body.textValue())) : body;
  }

  private String value(String name, String path) {
    JsonNode found = answers.getOrDefault(name, MissingNode.getInstance());
    Matcher step = STEP.matcher(path);
    int end = 0;
    while (step.find() && step.start() == end) {
      found =
          step.group("key") != null
              ? found.path(step.group("key"))
              : found.path(Integer.parseInt(step.group("index")));
      end = step.end();
    }
    if (!found.isValueNode() || found.isNull() || end < path.length()) {
      throw ApiException.of(
          400,
          "PROCESSING_HALTED",
          "Invalid reference specified. No value for " + name + path + " found in " + name);
    }
    return found.asText();
  }
}
