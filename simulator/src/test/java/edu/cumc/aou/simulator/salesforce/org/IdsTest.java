package edu.cumc.aou.simulator.salesforce.org;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  /** Ids of recorded answers of real orgs. */
  @ParameterizedTest
  @CsvSource({
    "0015500001QdQWa, AAN",
    "0035500001H9cak, AAB",
    "001B000001Lp1G2, IAJ",
    "01gB000003OCxSP, IA1",
    "7508Z00000lSXvx, QAG",
    "7508Z00000lTqQC, QA0",
    "0018Z00002rGc7Y, QAS",
    "0018Z00002rGc7a, QAC",
    "0058Z000007lKMA, QA2",
    "012000000000000, AAA"
  })
  void checksum_isThatOfRecordedIds(String fifteen, String checksum) {
    assertThat(Ids.withChecksum(fifteen)).isEqualTo(fifteen + checksum);
    assertThat(Ids.canonical(fifteen)).hasValue(fifteen + checksum);
    assertThat(Ids.canonical(fifteen + checksum)).hasValue(fifteen + checksum);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "003", "a00B000000FSjVUIB1", "0015500001QdQWaAAn", "001550000-QdQWa"})
  void canonical_isEmptyForWhatIsNoId(String text) {
    assertThat(Ids.canonical(text)).isEmpty();
  }

  @Test
  void of_givesIdsInTheOrderOfTheirNumbers() {
    String former = Ids.of("003", 0);
    for (long number = 1; number < 5_000; number++) {
      String id = Ids.of("003", number);
      assertThat(id).isGreaterThan(former);
      assertThat(Ids.number(id)).hasValue(number);
      former = id;
    }
  }
}
