package edu.cumc.aou.sync.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PmiIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P012345678",
        "p012345678",
        " P012345678 ",
        "P0123 45678",
        "\u00A0P012345678\t",
        "\uFEFFP012345678\u200B"
      })
  void tryParse_readsWhatHasTheDigits(String text) {
    assertThat(PmiId.tryParse(text)).contains(new PmiId("P012345678"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "UNSET", "P01234567", "P0123456789", "PMI123", "012345678", "P01234567\u0665"})
  void tryParse_refusesAnythingElse(String text) {
    assertThat(PmiId.tryParse(text)).isEmpty();
  }

  @Test
  void values_showInNoMessage() {
    assertThat(new PmiId("P012345678").toString()).doesNotContain("012345678");
    assertThatThrownBy(() -> new PmiId("X012345678")).hasMessageNotContaining("012345678");
    assertThat(new ContactId("003000000000001AAA").toString()).doesNotContain("0000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00DB00000001qTx"})
  void contactId_of15Characters_getsItsChecksum(String id) {
    assertThat(new ContactId(id).value()).hasSize(18).startsWith(id);
    assertThat(new ContactId("0015500001QdQWa").value()).isEqualTo("0015500001QdQWaAAN");
    assertThat(new ContactId("7508Z00000lTqQC").value()).isEqualTo("7508Z00000lTqQCQA0");
    assertThat(new ContactId("012000000000000").value()).isEqualTo("012000000000000AAA");
  }
}
