package edu.cumc.aou.cli;

import edu.cumc.aou.sync.model.PmiId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads PMI IDs from the command line or, for {@code -}, from stdin, one or several a line. A
 * malformed one is wrong usage, and the command does nothing; the message tells its place without
 * repeating it.
 */
final class NamedPmiIds {

  private static final int MOST_TOLD = 5;

  private final Set<PmiId> found = new LinkedHashSet<>();
  private final List<String> malformed = new ArrayList<>();

  private NamedPmiIds() {}

  /** The named PMI IDs, each once, in their order. */
  static Set<PmiId> read(List<String> arguments, InputStream input, CommandSpec spec) {
    NamedPmiIds ids = new NamedPmiIds();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).equals("-")) {
        ids.readLines(input);
      } else {
        ids.add(arguments.get(i), "argument " + (i + 1));
      }
    }
    if (!ids.malformed.isEmpty()) {
      throw new ParameterException(spec.commandLine(), ids.problem());
    }
    return ids.found;
  }

  private void readLines(InputStream input) {
    // Stdin stays open, because it belongs to the process.
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    try {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        for (String word : line.split("[\\s,;]+", -1)) {
          if (!word.isEmpty()) {
            add(word, "line " + number + " of stdin");
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String text, String where) {
    Optional<PmiId> id = PmiId.tryParse(text);
    if (id.isPresent()) {
      found.add(id.get());
    } else {
      malformed.add(where);
    }
  }

  private String problem() {
    String places = String.join(", ", malformed.subList(0, Math.min(MOST_TOLD, malformed.size())));
    String more =
        malformed.size() > MOST_TOLD ? " and " + (malformed.size() - MOST_TOLD) + " more" : "";
    return Converters.PMI_ID + ", and this is none: " + places + more + ". Nothing was done.";
  }
}
