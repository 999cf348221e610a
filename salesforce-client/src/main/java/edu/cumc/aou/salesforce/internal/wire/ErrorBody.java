package edu.cumc.aou.salesforce.internal.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error answer in any of the shapes that Salesforce uses: an array, one object, the token
 * endpoint's object, XML, a form, a web page, nothing.
 *
 * @param errors the readable ones; empty for web pages and empty bodies
 */
public record ErrorBody(List<ApiError> errors) {

  public static final String UNRECOGNISED = "UNRECOGNISED";

  /** Longer bodies are web pages. */
  private static final int MOST_BYTES = 256 * 1024;

  /** Names at most this many similar records. */
  private static final int MOST_MATCHES = 20;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{15}([A-Za-z0-9]{3})?");
  private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,79}");
  private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,119}");

  /** For a query, Salesforce names the field only in the message. */
  private static final Pattern NAMED_COLUMN =
      Pattern.compile(
          "No such column '([A-Za-z][A-Za-z0-9_]{0,79})' on |field '([A-Za-z][A-Za-z0-9_]{0,79})' can ?not be filtered");

  private static final Pattern XML_CODE =
      Pattern.compile(
          "<(?:\\w+:)?(?:errorCode|exceptionCode|faultcode)>\\s*(?:\\w+:)?(\\w+)\\s*</");
  private static final Pattern FORM = Pattern.compile("error=([a-z_]+)(?:&.*)?", Pattern.DOTALL);
  private static final Pattern ERROR_ID = Pattern.compile("ErrorId:?\\s*([0-9]+-[0-9]+)");

  /**
   * One error.
   *
   * @param code a code or {@code UNRECOGNISED}
   * @param message only for the few decisions that no code allows; quotes values, never leaves this
   *     package
   * @param matches the ids of the records that a duplicate rule found
   */
  public record ApiError(String code, String message, List<String> fields, List<String> matches) {

    /** An error that names no other records. */
    public ApiError(String code, String message, List<String> fields) {
      this(code, message, fields, List.of());
    }

    @Override
    public String toString() {
      return code + fields;
    }
  }

  public static ErrorBody parse(ObjectMapper mapper, byte[] body) {
    if (body.length == 0 || body.length > MOST_BYTES) {
      return new ErrorBody(List.of());
    }
    try {
      return new ErrorBody(ofJson(mapper.readTree(body)));
    } catch (JsonProcessingException e) {
      return new ErrorBody(ofText(new String(body, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return new ErrorBody(List.of());
    }
  }

  /** The first error, which decides about the call; an unrecognised one if there is none. */
  public ApiError first() {
    return errors.isEmpty() ? new ApiError(UNRECOGNISED, "", List.of()) : errors.get(0);
  }

  public boolean isReadable() {
    return !errors.isEmpty();
  }

  /** All blamed fields, each once. */
  public List<String> fields() {
    return errors.stream().flatMap(e -> e.fields.stream()).distinct().toList();
  }

  /** The number by which Salesforce's support finds the error; empty text if there is none. */
  public String errorId() {
    for (ApiError error : errors) {
      Matcher matcher = ERROR_ID.matcher(error.message);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    return "";
  }

  /** Errors in the form of a Collections row or of the data API. */
  public static List<ApiError> ofJson(JsonNode node) {
    List<ApiError> errors = new ArrayList<>();
    if (node.isArray()) {
      for (JsonNode element : node) {
        if (element.isObject()) {
          errors.add(ofObject(element));
        } else if (element.isTextual()) {
          errors.add(new ApiError(code(element.asText()), "", List.of()));
        }
      }
    } else if (node.isObject()) {
      JsonNode nested = node.get("errors");
      if (nested != null && nested.isArray() && !nested.isEmpty()) {
        return ofJson(nested);
      }
      errors.add(ofObject(node));
    }
    return List.copyOf(errors);
  }

  private static ApiError ofObject(JsonNode node) {
    String code = "";
    for (String key : List.of("errorCode", "statusCode", "exceptionCode", "error")) {
      if (code.isEmpty()) {
        code = node.path(key).asText("");
      }
    }
    String message = node.path("message").asText(node.path("error_description").asText(""));
    List<String> fields = new ArrayList<>();
    for (JsonNode field : node.path("fields")) {
      if (FIELD.matcher(field.asText()).matches()) {
        fields.add(field.asText());
      }
    }
    if (fields.isEmpty()) {
      Matcher named = NAMED_COLUMN.matcher(message);
      if (named.find()) {
        fields.add(named.group(1) == null ? named.group(2) : named.group(1));
      }
    }
    return new ApiError(code(code), message, List.copyOf(fields), matches(node));
  }

  /** Only records of the same object: a rule may name leads as well. */
  private static List<String> matches(JsonNode error) {
    // The misspelling is Salesforce's.
    JsonNode result =
        error.path(error.has("duplicateResut") ? "duplicateResut" : "duplicateResult");
    String object = result.path("duplicateRuleEntityType").asText();
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode match : result.path("matchResults")) {
      if (!match.path("entityType").asText(object).equals(object)) {
        continue;
      }
      for (JsonNode record : match.path("matchRecords")) {
        String id = record.path("record").path("Id").asText();
        if (ID.matcher(id).matches() && ids.size() < MOST_MATCHES) {
          ids.add(id);
        }
      }
    }
    return List.copyOf(ids);
  }

  private static List<ApiError> ofText(String text) {
    Matcher xml = XML_CODE.matcher(text);
    if (xml.find()) {
      return List.of(new ApiError(code(xml.group(1)), text, List.of()));
    }
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      return List.of(new ApiError(code(form.group(1)), "", List.of()));
    }
    String line = text.strip();
    // "Bad_OAuth_Token" and its like come as bare text; any other single word may be a value.
    boolean isCode = CODE.matcher(line).matches() && line.indexOf('_') > 0;
    return isCode ? List.of(new ApiError(line, "", List.of())) : List.of();
  }

  private static String code(String text) {
    return CODE.matcher(text).matches() ? text : UNRECOGNISED;
  }
}
