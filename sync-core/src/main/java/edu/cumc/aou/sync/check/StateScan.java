package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.mapping.FieldRule;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.mapping.StateFields;
import edu.cumc.aou.sync.mapping.Transform;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.ObjectInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what to map in an org with state and country picklists. Asks no side. */
final class StateScan {

  private StateScan() {}

  static List<Finding> of(Mapping mapping, ObjectInfo object) {
    StateFields states = StateFields.of(object);
    List<Finding> findings = new ArrayList<>();
    for (FieldRule rule : mapping.rules()) {
      String subject = mapping.section() + "." + rule.field();
      Optional<String> code = states.codeBeside(rule.field());
      if (code.isPresent() && isMapped(code.get(), mapping)) {
        findings.add(twice(subject, rule.field(), code.get()));
      } else if (code.isPresent() && rule.transform() != Transform.US_STATE) {
        findings.add(name(subject, code.get(), states));
      } else if (rule.transform() == Transform.US_STATE) {
        String field = code.orElse(rule.field());
        states.countryOf(field).ifPresent(c -> findings.add(placed(subject, field, c, mapping)));
      } else if (states.countryOf(rule.field()).isPresent()
          && !StateFields.isCountryMapped(rule.field(), mapping.rules())) {
        findings.add(alone(subject, states.countryOf(rule.field()).get()));
      }
    }
    return findings;
  }

  private static boolean isMapped(String field, Mapping mapping) {
    return mapping.rules().stream().anyMatch(r -> r.field().equalsIgnoreCase(field));
  }

  private static Finding twice(String subject, String field, String code) {
    return Finding.warning(
        FindingCode.STATE_PICKLISTS,
        subject,
        "the org has state and country picklists, and both "
            + field
            + " and "
            + code
            + " are mapped",
        "Salesforce makes the one of the other: map " + code + " alone, and set this field to off");
  }

  private static Finding name(String subject, String code, StateFields states) {
    String country =
        states
            .countryOf(code)
            .map(c -> ", and " + c + " with transform = us-country or constant = US")
            .orElse("");
    return Finding.warning(
        FindingCode.STATE_PICKLISTS,
        subject,
        "the org has state and country picklists: this field takes the names of its own states only,"
            + " and only together with a country",
        "map " + code + " with transform = us-state" + country + ", and set this field to off");
  }

  private static Finding alone(String subject, String country) {
    return Finding.warning(
        FindingCode.STATE_PICKLISTS,
        subject,
        "the org has state and country picklists, and no country is mapped: a state without a country"
            + " is refused",
        "map " + country + " with transform = us-country or constant = US");
  }

  private static Finding placed(String subject, String field, String country, Mapping mapping) {
    return Finding.ok(
        subject,
        "the org has state and country picklists: feeds "
            + field
            + (StateFields.isCountryMapped(field, mapping.rules())
                ? "; its country is mapped"
                : ", and " + country + " beside it"));
  }
}
