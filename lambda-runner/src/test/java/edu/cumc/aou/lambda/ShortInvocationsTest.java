package edu.cumc.aou.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.runtime.Outside;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many changes, and invocations that have no time. */
@Tag("slow")
class ShortInvocationsTest {

  /** {@code -Daou.test.short-invocations.people=20000} is the long variant. */
  private static final int PEOPLE = Integer.getInteger("aou.test.short-invocations.people", 2_400);

  /** Beyond the function's margin and the least that a batch needs, half a minute is left. */
  private static final int MILLIS = 120_000;

  private static final Duration A_REQUEST = Duration.ofSeconds(2);

  private static final Duration A_QUICK_REQUEST = Duration.ofMillis(500);

  /** After one of these the half minute is over. */
  private static final Duration A_SLOW_WRITE = Duration.ofSeconds(31);

  @TempDir Path directory;
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-05T11:00:00Z"));

  @Test
  void manyShortInvocations_comeToWhatOneRunComesTo() throws IOException {
    Set<String> once = endState("once", false, 0);
    Set<String> inPieces = endState("in-pieces", true, 20);

    assertThat(inPieces).isEqualTo(once).hasSizeGreaterThan(PEOPLE / 2);
  }

  private Set<String> endState(String name, boolean hurried, int moreThan) throws IOException {
    try (Site site =
        new Site(
            Files.createDirectory(directory.resolve(name)),
            clock,
            Duration.ZERO,
            PEOPLE,
            hurried ? request -> clock.advance(price(request)) : request -> {})) {
      // by calls, so that each takes its time
      site.configure("bulk.threshold = 100000");
      int invocations = 0;
      JsonNode answer;
      do {
        answer =
            Invocation.of(
                handler(site), "{\"initialLoad\": true}", hurried ? MILLIS : Integer.MAX_VALUE);
        invocations++;
      } while (answer.at("/status").asText().equals("CONTINUE") && invocations < 500);
      assertThat(answer.at("/status").asText()).isNotEqualTo("CONTINUE");
      assertThat(invocations).isGreaterThan(moreThan);
      assertThat(Invocation.of(handler(site), "{}", Integer.MAX_VALUE).at("/planned")).isEmpty();
      return contacts(site);
    }
  }

  /**
   * With many people each request takes as long as the other. With few, one that writes takes
   * longer than the half minute, so that an invocation writes once and as many are needed.
   */
  private static Duration price(LoggedRequest request) {
    if (PEOPLE >= 20_000) {
      return A_REQUEST;
    }
    return request.method().equals("PATCH") ? A_SLOW_WRITE : A_QUICK_REQUEST;
  }

  private SyncHandler handler(Site site) {
    return new SyncHandler(
        new FunctionSurroundings(
            site.environment, site.directory, new Outside(clock, clock::advance), line -> {}));
  }

  /** Every Contact of a participant by its PMI ID, with its fields and those of its journeys. */
  private static Set<String> contacts(Site site) {
    Set<String> keys = new HashSet<>();
    var journeys =
        site.org
            .records("Opportunity")
            .collect(
                Collectors.groupingBy(
                    o -> String.valueOf(o.get("ContactId")), Collectors.counting()));
    return site.org
        .records("Contact")
        .filter(c -> c.containsKey("HP_PMI_ID__c"))
        .map(
            c -> {
              assertThat(keys.add(c.get("HP_PMI_ID__c").toString())).as("created once").isTrue();
              String fields =
                  c.entrySet().stream()
                      .filter(
                          e ->
                              !e.getKey()
                                  .matches("Id|.*Date|SystemModstamp|.*ById|OwnerId|AccountId"))
                      .sorted(Map.Entry.comparingByKey())
                      .map(Object::toString)
                      .collect(Collectors.joining("|"));
              return fields + " journeys " + journeys.getOrDefault(c.get("Id").toString(), 0L);
            })
        .collect(Collectors.toSet());
  }
}
