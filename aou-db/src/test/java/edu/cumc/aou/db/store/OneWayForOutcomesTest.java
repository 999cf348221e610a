package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The outcome of a record gets into {@code sync_change} by {@link SettledRows} alone, which makes
 * its leaf: so no way to write passes the audit trail by.
 */
class OneWayForOutcomesTest {

  /** A statement on the table of changes, or a change by a join, that sets a state. */
  private static final Pattern SETS_A_STATE =
      Pattern.compile(
          "(?:UPDATE \\$\\.sync_change SET |changeFrom\\(\\s*\"\\$\\.sync_change\"|String OUTCOME =|change\\(store, )"
              + "[^;]*?\\bstate = (s\\.state|'\\w+')");

  private static Set<String> statements() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .flatMap(
              f -> {
                try {
                  return SETS_A_STATE
                      .matcher(Files.readString(f))
                      .results()
                      .map(r -> f.getFileName() + " " + r.group(1));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              })
          .collect(Collectors.toSet());
    }
  }

  @Test
  void states_areSetByThree_andOutcomesByOne() throws IOException {
    assertThat(statements())
        .containsExactlyInAnyOrder(
            "SettledRows.java s.state", "SettledRows.java 'SENT'", "WaitingRows.java 'PLANNED'");
  }
}
