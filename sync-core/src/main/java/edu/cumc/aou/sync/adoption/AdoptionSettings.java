package edu.cumc.aou.sync.adoption;

import edu.cumc.aou.sync.config.ConfigSection;
import java.util.List;

/**
 * Which Contacts without a PMI ID may be adopted: those of the named owners. A marketing tool's
 * user, for example, owns the Contacts that it made before a person enrolled. Immutable.
 *
 * @param owners ids of users or queues; none if nothing is adopted
 */
public record AdoptionSettings(List<String> owners) {

  public AdoptionSettings {
    owners = List.copyOf(owners);
  }

  /** Whether Contacts are adopted at all. */
  public boolean isOn() {
    return !owners.isEmpty();
  }

  /** Reads the section and reports what is wrong to its problems. */
  public static AdoptionSettings read(ConfigSection section) {
    boolean enabled = section.flag("enabled", false);
    List<String> owners = section.texts("owners");
    section.done();
    for (String owner : owners) {
      if (!owner.matches("(005|00G)[A-Za-z0-9]{12}([A-Za-z0-9]{3})?")) {
        section.problem(
            "owners",
            "expected ids of users or queues: 15 or 18 letters and digits that begin with 005 or 00G");
        return new AdoptionSettings(List.of());
      }
    }
    if (enabled && owners.isEmpty()) {
      section.problem(
          "owners",
          "name the users whose Contacts without a PMI ID may be adopted, e.g. the user of the marketing tool");
    }
    return new AdoptionSettings(enabled ? owners : List.of());
  }
}
