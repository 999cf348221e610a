package edu.cumc.aou.simulator.salesforce;

import java.util.List;
import java.util.Optional;

/**
 * An error that the caller of the API is to see, for a whole request or for one row of it. Its text
 * is Salesforce's and quotes values as Salesforce does, so it goes on the wire and nowhere else.
 */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Optional<List<String>> fields;
  private final boolean binding;

  private ApiException(
      int status, String code, String text, Optional<List<String>> fields, boolean binding) {
    super(text, null, false, false);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.binding = binding;
  }

  /** An error without the key {@code fields}. */
  static ApiException of(int status, String code, String text) {
    return new ApiException(status, code, text, Optional.empty(), false);
  }

  /** An error of a record, about these fields. */
  static ApiException ofRecord(int status, String code, String text, String... fields) {
    return new ApiException(status, code, text, Optional.of(List.of(fields)), false);
  }

  /** An error found while the JSON is bound to the schema, before any record is looked at. */
  static ApiException ofBinding(String code, String text) {
    return new ApiException(400, code, text, Optional.empty(), true);
  }

  static ApiException notFound() {
    return of(404, "NOT_FOUND", "The requested resource does not exist");
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }

  Optional<List<String>> fields() {
    return fields;
  }

  boolean isBinding() {
    return binding;
  }
}
