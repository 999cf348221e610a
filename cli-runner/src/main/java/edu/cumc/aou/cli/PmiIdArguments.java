package edu.cumc.aou.cli;

import edu.cumc.aou.sync.model.PmiId;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The parameter of commands about participants. */
abstract class PmiIdArguments {

  private static final String LABEL = "PMI_ID";
  private static final String DESCRIPTION = "A P and nine digits; - reads them from stdin.";

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  abstract List<String> words();

  /** Whether the parameter is given; {@code -} counts even if stdin is empty. */
  final boolean areGiven() {
    return !words().isEmpty();
  }

  /** Whether stdin gives the PMI IDs, so that it cannot answer a question. */
  final boolean fromStdin() {
    return words().contains("-");
  }

  /**
   * The named participants, each once.
   *
   * @param input read for {@code -}
   */
  final Set<PmiId> read(InputStream input) {
    return NamedPmiIds.read(words(), input, command);
  }

  /** At least one participant must be named. */
  static final class Some extends PmiIdArguments {
    @Parameters(arity = "1..*", paramLabel = LABEL, description = DESCRIPTION)
    private List<String> words = new ArrayList<>();

    @Override
    List<String> words() {
      return words;
    }
  }

  /** No participant need be named. */
  static final class Any extends PmiIdArguments {
    @Parameters(arity = "0..*", paramLabel = LABEL, description = DESCRIPTION)
    private List<String> words = new ArrayList<>();

    @Override
    List<String> words() {
      return words;
    }
  }
}
