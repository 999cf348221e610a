package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.ObjectInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an org keeps states. With state and country picklists, each {@code …State} field has a
 * field of codes beside it. Salesforce then accepts a state only together with its country, and
 * keeps both in its own spelling.
 */
public final class StateFields {

  private static final String STATE = "State";
  private static final String STATE_CODE = "StateCode";
  private static final String COUNTRY = "Country";
  private static final String COUNTRY_CODE = "CountryCode";

  private final ObjectInfo object;

  private StateFields(ObjectInfo object) {
    this.object = object;
  }

  /** Looks at the fields of an sObject. */
  public static StateFields of(ObjectInfo object) {
    return new StateFields(object);
  }

  /** The field of codes beside a field of states, if the org has one. */
  public Optional<String> codeBeside(String field) {
    return field.endsWith(STATE) ? existing(field + "Code") : Optional.empty();
  }

  /**
   * The field of countries that a field of state codes needs, if the org has one.
   *
   * @param field a field with a name that ends in {@code StateCode}
   */
  public Optional<String> countryOf(String field) {
    return field.endsWith(STATE_CODE) ? existing(stem(field) + COUNTRY_CODE) : Optional.empty();
  }

  /** Whether one of these rules feeds the country that a field of state codes needs. */
  public static boolean isCountryMapped(String field, List<FieldRule> rules) {
    return isMapped(stem(field) + COUNTRY_CODE, rules) || isMapped(stem(field) + COUNTRY, rules);
  }

  private static String stem(String field) {
    return field.substring(0, field.length() - STATE_CODE.length());
  }

  private Optional<String> existing(String field) {
    return object.field(field).map(f -> f.name().value());
  }

  /**
   * The rules, with each state moved to the field where the org keeps it, and its country beside
   * it.
   */
  List<FieldRule> place(List<FieldRule> rules) {
    List<FieldRule> placed = new ArrayList<>();
    for (FieldRule rule : rules) {
      if (rule.transform() != Transform.US_STATE) {
        placed.add(rule);
        continue;
      }
      String field =
          codeBeside(rule.field()).filter(code -> !isMapped(code, rules)).orElse(rule.field());
      placed.add(rule.in(field, Transform.US_STATE));
      countryOf(field)
          .filter(country -> !isCountryMapped(field, rules))
          .ifPresent(country -> placed.add(rule.in(country, Transform.US_COUNTRY)));
    }
    return placed;
  }

  private static boolean isMapped(String field, List<FieldRule> rules) {
    return rules.stream().anyMatch(r -> r.field().equalsIgnoreCase(field));
  }
}
