package edu.cumc.aou.simulator.salesforce.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * An error for the caller of the API, for a whole request or for one row of it. Its text is
 * Salesforce's and quotes values as Salesforce does, so it goes on the wire and nowhere else.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Optional<List<String>> fields;
  private final boolean binding;
  private final transient Optional<ObjectNode> duplicates;
  private final transient Optional<Property> value;

  /** A property of a JSON object. */
  record Property(JsonNode holder, String name) {}

  private ApiException(
      int status,
      String code,
      String text,
      Optional<List<String>> fields,
      boolean binding,
      Optional<ObjectNode> duplicates) {
    this(status, code, text, fields, binding, duplicates, Optional.empty());
  }

  private ApiException(
      int status,
      String code,
      String text,
      Optional<List<String>> fields,
      boolean binding,
      Optional<ObjectNode> duplicates,
      Optional<Property> value) {
    super(text, null, false, false);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.binding = binding;
    this.duplicates = duplicates;
    this.value = value;
  }

  /** An error without the key {@code fields}. */
  public static ApiException of(int status, String code, String text) {
    return new ApiException(status, code, text, Optional.empty(), false, Optional.empty());
  }

  /** An error of a record, about these fields. */
  public static ApiException ofRecord(int status, String code, String text, String... fields) {
    return new ApiException(
        status, code, text, Optional.of(List.of(fields)), false, Optional.empty());
  }

  /** An error found while the JSON is bound to the schema, before any record is looked at. */
  public static ApiException ofBinding(String code, String text) {
    return new ApiException(400, code, text, Optional.empty(), true, Optional.empty());
  }

  /** The same about the value of this property; the answer tells its place. */
  public ApiException about(JsonNode holder, String name) {
    return new ApiException(
        status, code, text(), fields, binding, duplicates, Optional.of(new Property(holder, name)));
  }

  /** The same about the property of that name in another object, if it is about one at all. */
  public ApiException within(JsonNode holder) {
    return value.map(property -> about(holder, property.name())).orElse(this);
  }

  /** The value that cannot be read. */
  Optional<Property> value() {
    return value;
  }

  /** The same, with the place of its value in the body. */
  ApiException at(String place) {
    return new ApiException(status, code, text() + place, fields, binding, duplicates);
  }

  public static ApiException notFound() {
    return of(404, "NOT_FOUND", "The requested resource does not exist");
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String text() {
    return String.valueOf(getMessage());
  }

  public Optional<List<String>> fields() {
    return fields;
  }

  /** The same with the finding of a duplicate rule. */
  public ApiException withDuplicates(ObjectNode result) {
    return new ApiException(status, code, text(), fields, binding, Optional.of(result));
  }

  /** The finding of a duplicate rule, which only answers about a single record show. */
  Optional<ObjectNode> duplicates() {
    return duplicates;
  }

  boolean isBinding() {
    return binding;
  }
}
