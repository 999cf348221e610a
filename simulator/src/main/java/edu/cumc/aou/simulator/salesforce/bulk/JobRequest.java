package edu.cumc.aou.simulator.salesforce.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import java.util.Optional;
import java.util.Set;

/** The JSON that creates a job, read strictly: unknown properties are refused. */
final class JobRequest {
  private final JsonNode json;

  private JobRequest(JsonNode json) {
    this.json = json;
  }

  /**
   * Takes the JSON.
   *
   * @param known the properties that the kind of job has
   * @throws ApiException if it is not an object, or has other properties
   */
  static JobRequest of(JsonNode json, Set<String> known) {
    if (!json.isObject()) {
      throw ApiException.of(
          400, "JSON_PARSER_ERROR", "Cannot deserialize instance of JobInfo at [line:1, column:1]");
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw ApiException.of(
                    400,
                    "JSON_PARSER_ERROR",
                    "Unrecognized field \"" + name + "\" at [line:1, column:2]");
              }
            });
    return new JobRequest(json);
  }

  /** The text of a property; empty if it is absent, null or blank. */
  Optional<String> text(String property) {
    return Optional.of(json.path(property).asText(""))
        .filter(text -> !text.isBlank() && !json.path(property).isNull());
  }

  /**
   * The text of a property that must be there.
   *
   * @throws ApiException if it is not
   */
  String required(String property) {
    return text(property).orElseThrow(() -> invalid(property));
  }

  /**
   * Checks the id, which some clients repeat in the body.
   *
   * @throws ApiException if it is present and differs
   */
  void requireId(String id) {
    if (text("id").isPresent() && !text("id").flatMap(Ids::canonical).equals(Optional.of(id))) {
      throw invalid("id");
    }
  }

  /** The constant that a property names; the fallback if it is absent. */
  <E extends Enum<E>> E constant(String property, E fallback) {
    if (!json.has(property)) {
      return fallback;
    }
    for (E constant : fallback.getDeclaringClass().getEnumConstants()) {
      if (constant.name().equals(json.path(property).asText())) {
        return constant;
      }
    }
    throw invalid(property);
  }

  CsvDialect dialect() {
    if (json.has("contentType") && !json.path("contentType").asText().equals("CSV")) {
      throw invalid("contentType");
    }
    return new CsvDialect(
        constant("columnDelimiter", CsvDialect.Delimiter.COMMA),
        constant("lineEnding", CsvDialect.LineEnding.LF));
  }

  ApiException invalid(String property) {
    return ApiException.of(
        400,
        "API_ERROR",
        "Invalid value: '"
            + json.path(property).asText("")
            + "' supplied for property: '"
            + property
            + "'");
  }
}
