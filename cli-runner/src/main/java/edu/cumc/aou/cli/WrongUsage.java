package edu.cumc.aou.cli;

import edu.cumc.aou.sync.config.Similar;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with the typed command. It does not repeat a word that could name a
 * participant.
 */
final class WrongUsage {

  private static final String NAME = "-{0,2}[a-z][a-z-]*";

  private static final Pattern INVALID =
      Pattern.compile(
          "^Invalid value for (?:positional parameter at index \\S+ \\(([^)]*)\\)"
              + "|option '(\\S+)'(?: \\([^)]*\\))?): ");

  private WrongUsage() {}

  /** One line. */
  static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return message(unmatched.getUnmatched(), e.getCommandLine().getCommandSpec());
    }
    // Unknown words come first: picocli counts positions before it reports them.
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return INVALID.matcher(line).replaceFirst("$1$2: ");
  }

  private static String message(List<String> words, CommandSpec command) {
    String first = words.get(0);
    if (first.startsWith("-")) {
      return unknown("option", first.replaceFirst("=.*", ""), command.optionsMap().keySet());
    }
    if (!command.subcommands().isEmpty()) {
      return unknown("command", first, command.subcommands().keySet());
    }
    return words.size() == 1
        ? "there is an argument too many"
        : "there are " + words.size() + " arguments too many";
  }

  private static String unknown(String kind, String word, Collection<String> known) {
    String named =
        word.matches(NAME) ? "there is no " + kind + " " + word : "there is no such " + kind;
    return named + Similar.hint(word, known);
  }
}
