package edu.cumc.aou.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void durations_areWrittenInTheUnitThatMatters() {
    assertThat(Words.duration(Duration.ofMillis(40))).isEqualTo("0.0 s");
    assertThat(Words.duration(Duration.ofMillis(9_940))).isEqualTo("9.9 s");
    assertThat(Words.duration(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(Words.duration(Duration.ofSeconds(185))).isEqualTo("3 min 5 s");
    assertThat(Words.duration(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
  }

  @Test
  void counts_agreeWithTheirNoun() {
    assertThat(Words.count(0, "call")).isEqualTo("0 calls");
    assertThat(Words.count(1, "call")).isEqualTo("1 call");
    assertThat(Words.count(1234, "call")).isEqualTo("1,234 calls");
  }

  @Test
  void counts_standBehindTheirNames() {
    assertThat(Words.counts(Map.of())).isEmpty();
    assertThat(Words.counts(new TreeMap<>(Map.of("write", 1234L, "query", 1L))))
        .isEqualTo("query 1, write 1,234");
  }

  @Test
  void moments_areShownInTheirZone() {
    assertThat(Words.moment(Instant.parse("2026-01-05T11:00:00Z"), ZoneId.of("America/New_York")))
        .isEqualTo("2026-01-05 06:00:00 EST");
  }
}
