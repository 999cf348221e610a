package edu.cumc.aou.runtime;

import edu.cumc.aou.sync.config.ConfigSection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A site's commands before and after each run. Immutable. */
public record HookSettings(Optional<Command> before, Optional<Command> after) {

  private static final Duration USUAL = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** A program with its arguments, and how long it may take. */
  public record Command(List<String> words, Duration timeout) {
    public Command {
      words = List.copyOf(words);
    }
  }

  /** Reads {@code hooks}; problems go to the section's. */
  public static HookSettings read(ConfigSection root) {
    ConfigSection section = root.section("hooks");
    HookSettings settings =
        new HookSettings(command(section, "before-run"), command(section, "after-run"));
    section.done();
    return settings;
  }

  private static Optional<Command> command(ConfigSection hooks, String key) {
    ConfigSection section = hooks.section(key);
    List<String> words = section.texts("run");
    Duration timeout = section.duration("timeout", USUAL);
    if (timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      section.problem("timeout", "expected a duration from 1s to 1h");
    }
    if (hooks.has(key) && (words.isEmpty() || words.get(0).isBlank())) {
      if (!section.isWrong("run")) {
        section.problem(
            "run", "expected the program and its arguments, e.g. [\"/usr/local/bin/is-loaded\"]");
      }
    }
    section.done();
    return words.isEmpty() ? Optional.empty() : Optional.of(new Command(words, timeout));
  }
}
