package edu.cumc.aou.simulator.salesforce.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer, independent of the server that sends it. Immutable.
 *
 * @param json the body if it is JSON; missing otherwise
 * @param content the body if it is not JSON
 * @param delivery what happens to it on the wire
 */
public record Answer(
    int status,
    Map<String, String> headers,
    String contentType,
    JsonNode json,
    Content content,
    Delivery delivery) {
  private static final String JSON = "application/json;charset=UTF-8";

  /** How an answer arrives. */
  public enum Delivery {
    WHOLE,
    /** The connection is reset instead. */
    RESET,
    /** The connection ends in the middle of the body. */
    TRUNCATED,
    /** The body stops in the middle and the connection stays. */
    STALLED
  }

  /** A body that is written as it is read, so that it need not fit into memory. */
  public interface Content {
    Content NONE = out -> {};

    void writeTo(OutputStream out) throws IOException;
  }

  public Answer {
    headers = Map.copyOf(headers);
  }

  public static Answer json(int status, JsonNode json) {
    return new Answer(status, Map.of(), JSON, json, Content.NONE, Delivery.WHOLE);
  }

  public static Answer ok(JsonNode json) {
    return json(200, json);
  }

  public static Answer empty(int status) {
    return new Answer(
        status, Map.of(), "", MissingNode.getInstance(), Content.NONE, Delivery.WHOLE);
  }

  public static Answer text(int status, String contentType, String text) {
    return stream(
        status,
        contentType,
        text.isEmpty() ? Content.NONE : out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static Answer stream(int status, String contentType, Content content) {
    return new Answer(
        status, Map.of(), contentType, MissingNode.getInstance(), content, Delivery.WHOLE);
  }

  public static Answer html(int status, String title) {
    return text(
        status,
        "text/html;charset=UTF-8",
        "<html><head><title>"
            + title
            + "</title></head><body><h1>"
            + title
            + "</h1></body></html>");
  }

  /** The array of errors that the data API answers with. */
  public static Answer error(ApiException e) {
    ArrayNode errors = JsonNodeFactory.instance.arrayNode();
    ObjectNode error = errors.addObject();
    // the misspelling is Salesforce's
    e.duplicates().ifPresent(result -> error.set("duplicateResut", result));
    if (e.code().equals("NOT_FOUND")) {
      error.put("errorCode", e.code()).put("message", e.text());
    } else {
      error.put("message", e.text()).put("errorCode", e.code());
    }
    e.fields().ifPresent(fields -> addAll(error.putArray("fields"), fields));
    Answer answer = json(e.status(), errors);
    return e.status() == 401 ? answer.withHeader("WWW-Authenticate", "Token") : answer;
  }

  /** The errors of one row, as Collections show them. */
  public static ArrayNode rowErrors(ApiException e) {
    ArrayNode errors = JsonNodeFactory.instance.arrayNode();
    ObjectNode error = errors.addObject().put("statusCode", e.code()).put("message", e.text());
    addAll(error.putArray("fields"), e.fields().orElse(List.of()));
    return errors;
  }

  private static void addAll(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  public Answer withHeader(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Answer(status, all, contentType, json, content, delivery);
  }

  /** The same with a readable body. */
  public Answer pretty() {
    return json.isMissingNode()
        ? this
        : new Answer(
            status,
            headers,
            contentType,
            MissingNode.getInstance(),
            out -> out.write(json.toPrettyString().getBytes(StandardCharsets.UTF_8)),
            delivery);
  }

  /** The same without its body, for HEAD; it states the body's length. */
  public Answer withoutBody() {
    Answer stated = json.isMissingNode() ? this : withHeader("Content-Length", length());
    return new Answer(
        status, stated.headers, contentType, MissingNode.getInstance(), Content.NONE, delivery);
  }

  private String length() {
    return String.valueOf(json.toString().getBytes(StandardCharsets.UTF_8).length);
  }

  public Answer withDelivery(Delivery changed) {
    return new Answer(status, headers, contentType, json, content, changed);
  }

  Answer withJson(JsonNode changed) {
    return new Answer(status, headers, contentType, changed, content, delivery);
  }

  boolean isEmpty() {
    return json.isMissingNode() && content == Content.NONE;
  }

  void writeTo(OutputStream out) throws IOException {
    if (json.isMissingNode()) {
      content.writeTo(out);
    } else {
      out.write(json.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The whole body at once. */
  public byte[] body() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeTo(out);
    return out.toByteArray();
  }

  /** Names the status only: bodies hold personal data. */
  @Override
  public String toString() {
    return status + " answer";
  }
}
