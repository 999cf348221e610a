package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.config.Similar;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The site's own transforms that a program found, by name. Immutable. */
public final class OwnTransforms {

  /**
   * One transform.
   *
   * @param origin identifies its jar; empty text if it came in none
   */
  public record Found(OwnTransform transform, String origin) {}

  private final Map<String, Found> byName;

  /** {@code byName}: each by its own name. */
  public OwnTransforms(Map<String, Found> byName) {
    this.byName = Map.copyOf(byName);
  }

  /** For a site without transforms of its own. */
  public static OwnTransforms none() {
    return new OwnTransforms(Map.of());
  }

  /** The step for a field; empty after a problem of the section. */
  Optional<Step> step(String name, Map<String, String> settings, ConfigSection section) {
    Found found = byName.get(name);
    if (found == null) {
      section.problem(
          "own",
          "there is no such transform"
              + Similar.hint(name, byName.keySet())
              + "; name its jar in extensions, at the top of the configuration");
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Step.Own(
              String.join("|", name, found.transform().version(), found.origin())
                  + new TreeMap<>(settings),
              found.transform().rule(settings)));
    } catch (IllegalArgumentException e) {
      section.problem("with", "the transform " + name + " says: " + e.getMessage());
      return Optional.empty();
    } catch (RuntimeException | LinkageError e) {
      section.problem(
          "own",
          "the transform "
              + name
              + " fails ("
              + e.getClass().getSimpleName()
              + ") before it has seen a value; mend it");
      return Optional.empty();
    }
  }
}
