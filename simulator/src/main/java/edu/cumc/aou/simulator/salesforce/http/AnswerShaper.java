package edu.cumc.aou.simulator.salesforce.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Varies in answers what a client must not rely on: the order of keys, the absence of unknown ones,
 * the presence of empty {@code fields}, and the language of messages. Thread-safe.
 */
public final class AnswerShaper {
  private static final Map<String, String> GERMAN =
      Map.of(
          "REQUIRED_FIELD_MISSING", "Erforderliche Felder fehlen",
          "STRING_TOO_LONG", "Datenwert zu groß",
          "INVALID_EMAIL_ADDRESS", "Ungültige E-Mail-Adresse",
          "DUPLICATE_VALUE", "Doppelter Wert gefunden",
          "ENTITY_IS_DELETED", "Objekt ist gelöscht",
          "INVALID_SESSION_ID", "Sitzung abgelaufen oder ungültig",
          "NOT_FOUND", "Die angeforderte Ressource existiert nicht",
          "MALFORMED_QUERY", "Ungültige Abfrage",
          "INVALID_FIELD", "Keine solche Spalte");

  private final boolean uneven;
  private final boolean localised;
  private final Random random = new Random(20240131);

  public AnswerShaper(boolean uneven, boolean localised) {
    this.uneven = uneven;
    this.localised = localised;
  }

  public synchronized Answer shape(Answer answer) {
    return (uneven || localised) && answer.json().isContainerNode()
        ? answer.withJson(shape(answer.json()))
        : answer;
  }

  private JsonNode shape(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode shaped = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(element -> shaped.add(shape(element)));
      return shaped;
    }
    return node instanceof ObjectNode object ? shape(object) : node;
  }

  private ObjectNode shape(ObjectNode object) {
    List<Map.Entry<String, JsonNode>> properties = new ArrayList<>(object.properties());
    boolean isError = object.has("errorCode") || object.has("statusCode");
    if (uneven) {
      Collections.shuffle(properties, random);
    }
    ObjectNode shaped = JsonNodeFactory.instance.objectNode();
    if (uneven && (isError || object.has("success") || object.has("totalSize"))) {
      shaped.put("addedInALaterRelease", random.nextInt(100));
    }
    for (Map.Entry<String, JsonNode> property : properties) {
      String key = property.getKey();
      JsonNode value = property.getValue();
      if (localised && isError && key.equals("message")) {
        String code = object.path("errorCode").asText(object.path("statusCode").asText());
        shaped.put(key, GERMAN.getOrDefault(code, "Es ist ein Fehler aufgetreten"));
      } else if (uneven && isError && key.equals("fields") && value.isEmpty()) {
        putEmptyFields(shaped);
      } else {
        shaped.set(key, shape(value));
      }
    }
    return shaped;
  }

  private void putEmptyFields(ObjectNode error) {
    switch (random.nextInt(3)) {
      case 0 -> error.putNull("fields");
      case 1 -> error.putArray("fields");
      default -> {}
    }
  }
}
