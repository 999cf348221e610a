package edu.cumc.aou.sync.adoption;

import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.FieldValues;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How good adoption is, by 200 invented pairs of a participant and a Contact. What is adopted by
 * itself must be right each time; what is not costs a person's look, and the manual says how often.
 */
class AdoptionCorpusTest {

  private static final List<Pair> PAIRS = new ArrayList<>();

  private record Pair(String kind, boolean same, FieldValues person, FieldValues contact) {}

  @BeforeAll
  static void read() throws IOException {
    PAIRS.clear();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(AdoptionCorpusTest.class.getResourceAsStream("pairs.csv")),
                StandardCharsets.UTF_8))) {
      reader
          .lines()
          .skip(1)
          .map(AdoptionCorpusTest::cells)
          .forEach(
              c ->
                  PAIRS.add(
                      new Pair(
                          c.get(0),
                          c.get(1).equals("yes"),
                          person(c.subList(2, 7)),
                          person(c.subList(7, 12)))));
    }
  }

  private static List<String> cells(String line) {
    return List.of(line.split(",", -1));
  }

  private static FieldValues person(List<String> cells) {
    return values(
        "FirstName", cells.get(0),
        "LastName", cells.get(1),
        "Email", cells.get(2),
        "Phone", cells.get(3),
        "Birthdate", cells.get(4));
  }

  private static void add(CandidateIndex index, int number, FieldValues fields) {
    index.add(
        new Contact(contactId(number), null, false, fields, Instant.EPOCH, "", false, false, null));
  }

  private static Match alone(Pair pair) {
    CandidateIndex index = new CandidateIndex();
    add(index, 1, pair.contact());
    return index.find(MatchKeys.of(pair.person()));
  }

  @Test
  void corpus_isWhatItSays() {
    assertThat(PAIRS).hasSize(200);
    assertThat(PAIRS.stream().map(Pair::kind).distinct())
        .containsExactly(
            "same", "relatives", "twins", "married", "typing errors", "swapped", "shared e-mail");
  }

  @Test
  void whatIsAdoptedByItself_isRight_eachTime() {
    assertThat(PAIRS.stream().filter(p -> !p.same()))
        .hasSize(80)
        .noneMatch(p -> alone(p) instanceof Match.One)
        .as("an address and the sound of the names alone would confuse these people")
        .anyMatch(
            p ->
                alone(p) instanceof Match.Doubtful doubtful
                    && doubtful.code().equals(Match.MAY_BE_RELATIVE));
  }

  @Test
  void whatIsAdoptedByItself_isRight_alsoAmongAllContacts() {
    CandidateIndex index = new CandidateIndex();
    IntStream.range(0, PAIRS.size()).forEach(i -> add(index, i, PAIRS.get(i).contact()));
    for (int i = 0; i < PAIRS.size(); i++) {
      if (index.find(MatchKeys.of(PAIRS.get(i).person())) instanceof Match.One one) {
        assertThat(PAIRS.get(i).same()).isTrue();
        assertThat(one.contact()).isEqualTo(contactId(i));
      }
    }
  }

  @Test
  void recall_isWhatTheManualSays() throws IOException {
    SortedMap<String, int[]> byKind = new TreeMap<>();
    for (Pair pair : PAIRS) {
      if (pair.same()) {
        int[] counts = byKind.computeIfAbsent(pair.kind(), k -> new int[3]);
        Match match = alone(pair);
        counts[0]++;
        counts[1] += match instanceof Match.One ? 1 : 0;
        counts[2] += match instanceof Match.Doubtful ? 1 : 0;
      }
    }
    StringBuilder table = new StringBuilder();
    byKind.forEach(
        (kind, c) -> table.append("| %s | %d | %d | %d |\n".formatted(kind, c[0], c[1], c[2])));
    assertThat(manual()).contains(table);
  }

  private static String manual() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("CHANGELOG.md"))) {
      root = root.getParent();
    }
    return Files.readString(root.resolve("docs/daily-run.md"));
  }
}
