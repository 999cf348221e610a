package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * State and country/territory picklists: an address accepts only places of the org's list, by name
 * or by code in any case, and stores both in the org's own spelling. Immutable.
 */
final class StatePicklists {
  private static final String STATE_CODE = "StateCode";
  private static final String COUNTRY_CODE = "CountryCode";

  private final JsonNode countries;

  /** A state or country in the org's spelling. */
  private record Place(String code, String name) {}

  private StatePicklists(JsonNode countries) {
    this.countries = countries;
  }

  static StatePicklists load() {
    try (InputStream in = StatePicklists.class.getResourceAsStream("countries.json")) {
      return new StatePicklists(
          new ObjectMapper()
              .readTree(Objects.requireNonNull(in, "countries.json is not packaged")));
    } catch (IOException e) {
      throw new SalesforceSimulatorException("The list countries.json cannot be read", e);
    }
  }

  /** The seed's object with a code field beside each state and country of its addresses. */
  JsonNode extended(JsonNode object) {
    ObjectNode extended = object.deepCopy();
    ArrayNode fields = JsonNodeFactory.instance.arrayNode();
    for (JsonNode field : object.path("fields")) {
      fields.add(field);
      String name = field.path("name").asText();
      if (!field.path("flags").asText().contains("u")) {
        continue;
      }
      if (name.endsWith("State")) {
        fields.add(code(field, "State", stateCodes()));
      } else if (name.endsWith("Country")) {
        fields.add(code(field, "Country", countryCodes()));
      }
    }
    extended.set("fields", fields);
    return extended;
  }

  private static ObjectNode code(JsonNode field, String what, Iterable<String> codes) {
    ObjectNode code = field.deepCopy();
    String name = field.path("name").asText();
    code.put("name", name + "Code")
        .put("label", field.path("label").asText().replace(what, what + " Code").strip())
        .put("type", "picklist")
        .put("length", 10)
        .put("flags", "cunr");
    ArrayNode values = code.putArray("values");
    codes.forEach(values::add);
    return code;
  }

  private List<String> countryCodes() {
    List<String> codes = new ArrayList<>();
    countries.fieldNames().forEachRemaining(codes::add);
    return codes;
  }

  private Set<String> stateCodes() {
    Set<String> codes = new TreeSet<>();
    countries.forEach(country -> country.path("states").fieldNames().forEachRemaining(codes::add));
    return codes;
  }

  /**
   * Replaces the places of a record by the org's own.
   *
   * @param stored what is to be stored; this changes it
   * @throws ApiException {@code FIELD_INTEGRITY_EXCEPTION}
   */
  void normalise(ObjectType type, Map<Field, @Nullable Object> stored, Optional<Row> present) {
    for (Field stateCode : type.fields()) {
      if (stateCode.name().endsWith(STATE_CODE)) {
        String prefix =
            stateCode.name().substring(0, stateCode.name().length() - STATE_CODE.length());
        normalise(new Address(type, prefix, stored, present));
      }
    }
  }

  private void normalise(Address address) {
    if (!address.isTouched()) {
      return;
    }
    Optional<Place> country = Optional.empty();
    Optional<String> stated = address.value(COUNTRY_CODE, "Country");
    if (stated.isPresent()) {
      country = country(stated.get());
      if (country.isEmpty()) {
        throw address.refusal(
            "Country",
            "There's a problem with this country, even though it may"
                + " appear correct. Please select a country/territory from the list of valid"
                + " countries.");
      }
    }
    Optional<String> state = address.value(STATE_CODE, "State");
    if (state.isPresent() && country.isEmpty()) {
      throw address.refusal(
          "State",
          "A country/territory must be specified before specifying a state value for field");
    }
    Optional<Place> found = Optional.empty();
    if (state.isPresent()) {
      found = place(countries.path(country.orElseThrow().code()).path("states"), state.get());
      if (found.isEmpty()) {
        throw address.refusal(
            "State",
            "There's a problem with this state, even though it may"
                + " appear correct. Please select a state from the list of valid states.");
      }
    }
    address.put(COUNTRY_CODE, "Country", country);
    address.put(STATE_CODE, "State", found);
  }

  private Optional<Place> country(String text) {
    ObjectNode names = JsonNodeFactory.instance.objectNode();
    countries
        .properties()
        .forEach(country -> names.put(country.getKey(), country.getValue().path("name").asText()));
    return place(names, text);
  }

  private static Optional<Place> place(JsonNode names, String text) {
    for (Map.Entry<String, JsonNode> one : names.properties()) {
      String name = one.getValue().asText();
      if (text.equalsIgnoreCase(one.getKey()) || text.equalsIgnoreCase(name)) {
        return Optional.of(new Place(one.getKey(), name));
      }
    }
    return Optional.empty();
  }

  /** One address of a record to write. */
  private record Address(
      ObjectType type, String prefix, Map<Field, @Nullable Object> stored, Optional<Row> present) {

    private Field field(String suffix) {
      return type.known(prefix + suffix);
    }

    boolean isTouched() {
      return List.of(STATE_CODE, "State", COUNTRY_CODE, "Country").stream()
          .anyMatch(suffix -> stored.containsKey(field(suffix)));
    }

    /** The value in the request, the code first, or else the record's own. */
    Optional<String> value(String code, String name) {
      boolean says = stored.containsKey(field(code)) || stored.containsKey(field(name));
      for (String suffix : List.of(code, name)) {
        Field field = field(suffix);
        Object value = says ? stored.get(field) : present.map(row -> row.get(field)).orElse(null);
        if (value != null) {
          return Optional.of(value.toString());
        }
      }
      return Optional.empty();
    }

    void put(String code, String name, Optional<Place> place) {
      stored.put(field(code), place.map(Place::code).orElse(null));
      stored.put(field(name), place.map(Place::name).orElse(null));
    }

    ApiException refusal(String suffix, String text) {
      Field field = field(suffix);
      return ApiException.ofRecord(
          400, "FIELD_INTEGRITY_EXCEPTION", text + ": " + field.label(), field.name());
    }

    @Override
    public String toString() {
      return "address of a " + type;
    }
  }
}
