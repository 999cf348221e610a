package edu.cumc.aou.cli;

import edu.cumc.aou.runtime.PrivacySettings;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.AuditTable.Entry;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.AuditTable.Kind;
import edu.cumc.aou.sync.port.SyncStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The one gate before personal data. Each option {@code --show-…}, each file with personal data,
 * and each command that {@link ShowsPeople} passes it. It refuses where the configuration forbids
 * looks, and otherwise enters the look in the audit trail before anything is shown. Commands need
 * not call it, so a new option cannot bypass it.
 */
final class Looks {

  private static final String SHOWS = "--show-";

  /** Options that always write a file with personal data. */
  private static final Set<String> FILES = Set.of("--csv");

  /** Its file shows which people may be the same. */
  private static final String REVIEW = "review";

  /** These report themselves what is wrong with a store; without a store no look can be entered. */
  private static final Set<String> WITHOUT_STORE = Set.of("check");

  private final AouSync program;
  private final ParseResult command;

  private Looks(AouSync program, ParseResult command) {
    this.program = program;
    this.command = command;
  }

  /** Whether an option shows personal data. */
  static boolean isLook(OptionSpec option) {
    return option.longestName().startsWith(SHOWS)
        || FILES.contains(option.longestName())
        || (option.command().name().equals(REVIEW) && option.longestName().equals("--out"));
  }

  /**
   * Lets a command pass, or refuses it.
   *
   * @throws SyncException CONFIG if it would show personal data that may not be shown
   */
  static void pass(AouSync program, ParseResult whole) {
    ParseResult command = whole;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    if (!command.isUsageHelpRequested() && !command.isVersionHelpRequested()) {
      new Looks(program, command).pass();
    }
  }

  private void pass() {
    List<String> options =
        command.matchedOptions().stream()
            .filter(Looks::isLook)
            .map(OptionSpec::longestName)
            .distinct()
            .sorted()
            .toList();
    boolean shows = command.commandSpec().userObject() instanceof ShowsPeople;
    if (options.isEmpty() && !shows) {
      return;
    }
    PrivacySettings privacy = program.configuration().privacy();
    String name = command.commandSpec().name();
    if (!privacy.maySee(program.world().person().user())) {
      throw new SyncException(
          FailureKind.CONFIG,
          name
              + (options.isEmpty() ? "" : " " + String.join(" ", options))
              + ": this shows personal data, and privacy.values = "
              + ConfigSection.word(privacy.values())
              + (privacy.values() == PrivacySettings.Values.NONE
                  ? " forbids that to everybody"
                  : " allows it to the users in privacy.operators alone")
              + ". Nothing was shown; counts, codes and names of fields are shown without it.");
    }
    if (options.isEmpty()) {
      // The command enters the people itself, once it knows them.
      return;
    }
    Map<String, String> what = new TreeMap<>();
    what.put("command", name);
    what.put("shows", String.join(" ", options));
    List<String> people = argumentsOf(PmiId.class).map(PmiId::value).distinct().toList();
    @Nullable RunId run = argumentsOf(RunId.class).findFirst().orElse(null);
    try (SyncStore store = program.configuration().openStore()) {
      note(store, name, Entry.of(Kind.LOOK, run, what).about(people));
    } catch (SyncException e) {
      if (!WITHOUT_STORE.contains(name)) {
        throw e;
      }
    }
  }

  private <T> Stream<T> argumentsOf(Class<T> type) {
    return command.matchedArgs().stream()
        .map(ArgSpec::<Object>getValue)
        .filter(Objects::nonNull)
        .flatMap(
            value -> value instanceof Collection<?> all ? all.stream() : List.of(value).stream())
        .filter(type::isInstance)
        .map(type::cast);
  }

  /** Enters the people that a command will show, if the command line does not name them. */
  static void enter(SyncStore store, String command, List<PmiId> people) {
    note(
        store,
        command,
        Entry.of(Kind.LOOK, null, Map.of("command", command))
            .about(people.stream().map(PmiId::value).toList()));
  }

  /** A reader who may only read the store learns why even a look takes more. */
  private static void note(SyncStore store, String command, Entry look) {
    try {
      Head unused = store.audit().append(look);
    } catch (SyncException e) {
      throw new SyncException(
          e.kind(),
          command
              + " shows personal data, and the audit trail in the store notes that first, which failed: "
              + e.getMessage()
              + ". Nothing was shown; counts, codes and names of fields are shown without it (status,"
              + " failures).",
          e);
    }
  }
}
