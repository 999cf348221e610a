package edu.cumc.aou.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import edu.cumc.aou.sync.config.Similar;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an event asks for. Anything unknown is an error, because ignoring a misspelt option would
 * start a full run instead.
 *
 * @param task what to do
 * @param full whether to read the whole mirror anew
 * @param initialLoad whether to lift the guard on inserts while Salesforce has almost no Contacts
 * @param strict whether open anomalies make the answer {@code PARTIAL}
 */
record Order(Task task, boolean full, boolean initialLoad, boolean strict) {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern KEY = Pattern.compile("[A-Za-z]{1,30}");

  /** The envelope of an EventBridge rule. */
  private static final Set<String> RULE_EVENT =
      Set.of(
          "version",
          "id",
          "detail-type",
          "source",
          "account",
          "time",
          "region",
          "resources",
          "detail");

  private static final Set<String> OPTIONS =
      Set.of("mode", "full", "initialLoad", "strict", "scheduledTime", "attempt");

  private static final String MODES =
      Arrays.stream(Task.values()).map(Task::word).collect(Collectors.joining(", "));

  /**
   * Reads an event: {@code {}}, a scheduled event of an EventBridge rule, or the options of an
   * EventBridge schedule.
   *
   * @throws SyncException CONFIG if it is anything else
   */
  static Order read(InputStream event) throws IOException {
    JsonNode node;
    try {
      node = JSON.readTree(event);
    } catch (JsonProcessingException | CharConversionException e) {
      throw refused("it is not JSON");
    }
    if (!node.isObject()) {
      throw refused("it is not a JSON object");
    }
    return node.has("detail-type") ? ruleEvent(node) : options(node);
  }

  private static Order ruleEvent(JsonNode event) {
    requireKnown(event, RULE_EVENT);
    boolean scheduled =
        event.path("source").asText().equals("aws.events")
            && event.path("detail-type").asText().equals("Scheduled Event");
    if (!scheduled) {
      throw refused("of the events of EventBridge rules only scheduled ones are expected");
    }
    JsonNode detail = event.path("detail");
    if (!detail.isMissingNode() && !(detail.isObject() && detail.isEmpty())) {
      throw refused("its detail is not empty; pass options by an EventBridge schedule");
    }
    return new Order(Task.SYNC, false, false, false);
  }

  private static Order options(JsonNode options) {
    requireKnown(options, OPTIONS);
    for (String text : new String[] {"scheduledTime", "attempt"}) {
      if (options.has(text) && !options.get(text).isValueNode()) {
        throw refused(text + " is not a text");
      }
    }
    Task task = task(options.path("mode"));
    return new Order(
        task,
        isOn(options, "full", task),
        isOn(options, "initialLoad", task),
        isOn(options, "strict", task));
  }

  private static boolean isOn(JsonNode options, String name, Task task) {
    JsonNode option = options.path(name);
    if (!option.isMissingNode() && !option.isBoolean()) {
      throw refused(name + " is neither true nor false");
    }
    if (option.asBoolean(false) && !task.takes(name)) {
      throw refused("mode " + task.word() + " does not take " + name);
    }
    return option.asBoolean(false);
  }

  private static Task task(JsonNode mode) {
    if (mode.isMissingNode()) {
      return Task.SYNC;
    }
    return Arrays.stream(Task.values())
        .filter(t -> mode.isTextual() && t.word().equals(mode.textValue()))
        .findFirst()
        .orElseThrow(() -> refused("mode is none of " + MODES));
  }

  private static void requireKnown(JsonNode node, Set<String> known) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        // A key with anything but letters may be a person's id.
        String which = KEY.matcher(name).matches() ? "its key " + name : "one of its keys";
        throw refused(which + " is not known" + Similar.hint(name, known));
      }
    }
  }

  private static SyncException refused(String why) {
    return new SyncException(
        FailureKind.CONFIG,
        "the event is not understood: "
            + why
            + ". Expected {}, a scheduled event, or {\"mode\": …, \"full\": true|false,"
            + " \"initialLoad\": true|false, \"strict\": true|false, \"scheduledTime\": …,"
            + " \"attempt\": …} with one of the modes "
            + MODES
            + ". Nothing was run.");
  }
}
