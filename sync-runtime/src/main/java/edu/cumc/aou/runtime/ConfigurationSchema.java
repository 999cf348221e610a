package edu.cumc.aou.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.sync.config.ConfigShape;
import edu.cumc.aou.sync.config.ConfigShape.Setting;
import java.util.Map;
import java.util.TreeMap;

/** Makes the JSON Schema of the configuration from what the readers ask for. */
public final class ConfigurationSchema {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String DURATION =
      "^[0-9]+([.][0-9]+)? *(ms|milliseconds?|s|seconds?|m|minutes?|h|hours?|d|days?)$";
  private static final String ANY = "*";
  private static final String ITEM = "[]";

  private final ConfigShape shape;
  private final Map<String, String> meanings;
  private final Map<String, Setting> settings = new TreeMap<>();

  private ConfigurationSchema(ConfigShape shape, Map<String, String> meanings) {
    this.shape = shape;
    this.meanings = meanings;
    shape.settings().forEach(s -> settings.put(s.path(), s));
  }

  /**
   * Makes it.
   *
   * @param meanings the meaning of each setting, by its path, for editors to show
   */
  public static ObjectNode of(Map<String, String> meanings) {
    ConfigShape shape = RunSettings.shape();
    ObjectNode schema = NODES.objectNode();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "The configuration of aou-sync");
    ObjectNode whole = new ConfigurationSchema(shape, meanings).section("");
    whole.withObject("/properties").putObject("$schema").put("type", "string");
    schema.setAll(whole);
    return schema;
  }

  private ObjectNode section(String path) {
    ObjectNode section = NODES.objectNode();
    section.put("type", "object");
    ObjectNode properties = NODES.objectNode();
    String before = path.isEmpty() ? "" : path + ".";
    settings.values().stream()
        .filter(s -> isChild(before, s.path()))
        .forEach(
            s -> {
              String key = s.path().substring(before.length());
              if (key.equals(ANY)) {
                section.set("additionalProperties", withMeaning(s));
              } else {
                properties.set(key, withMeaning(s));
              }
            });
    section.set("properties", properties);
    if (!section.has("additionalProperties") && shape.isClosed(path)) {
      section.put("additionalProperties", false);
    }
    return section;
  }

  private static boolean isChild(String before, String path) {
    return path.startsWith(before)
        && path.length() > before.length()
        && path.indexOf('.', before.length()) < 0
        && !path.endsWith(ITEM);
  }

  private ObjectNode withMeaning(Setting setting) {
    ObjectNode node = node(setting);
    if (meanings.containsKey(setting.path())) {
      node.put("description", meanings.get(setting.path()));
    }
    if (!shape.mayBeOff(setting.path())) {
      return node;
    }
    ObjectNode either = NODES.objectNode();
    ArrayNode choices = either.putArray("anyOf");
    choices.add(node);
    choices.addObject().put("const", "off");
    choices.addObject().put("type", "null");
    return either;
  }

  private ObjectNode node(Setting setting) {
    ObjectNode node = NODES.objectNode();
    switch (setting.kind()) {
      case SECTION -> node.setAll(section(setting.path()));
      // HOCON and its readers accept a number or a yes as text.
      case TEXT, SECRET -> types(node, "string", "number", "boolean");
      case URL -> node.put("type", "string").put("pattern", "^https?://");
      case ZONE -> node.put("type", "string");
      case TEXTS -> types(node.put("type", "array").putObject("items"), "string", "number");
      case FLAG -> node.put("type", "boolean");
      case NUMBER ->
          node.put("type", "integer")
              .put("minimum", setting.least())
              .put("maximum", setting.most());
      case SHARE -> {
        ArrayNode choices = node.putArray("anyOf");
        choices.addObject().put("type", "number").put("minimum", 0).put("maximum", 1);
        choices.addObject().put("type", "string").put("pattern", "^[0-9.]+%?$");
      }
      case DURATION -> {
        ArrayNode choices = node.putArray("anyOf");
        choices.addObject().put("type", "string").put("pattern", DURATION);
        choices.addObject().put("const", 0);
      }
      case CHOICE -> setting.words().forEach(node.withArray("/enum")::add);
      case MAP ->
          types(
              node.put("type", "object").putObject("additionalProperties"),
              "string",
              "number",
              "boolean");
      case ITEMS -> node.put("type", "array").set("items", item(setting.path() + ITEM));
    }
    return node;
  }

  private ObjectNode item(String path) {
    ObjectNode item = NODES.objectNode();
    ArrayNode choices = item.putArray("anyOf");
    choices.add(section(path));
    ArrayNode words = NODES.arrayNode();
    shape.wordsOf(path).stream().sorted().forEach(words::add);
    if (!words.isEmpty()) {
      choices.addObject().set("enum", words);
    }
    return item;
  }

  private static void types(ObjectNode node, String... types) {
    ArrayNode names = node.putArray("type");
    for (String type : types) {
      names.add(type);
    }
  }
}
