package edu.cumc.aou.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelationNameTest {

  @Test
  void tryParse_oneToThreeParts_areUnderstood() {
    assertThat(RelationName.tryParse("healthpro").orElseThrow().parts())
        .containsExactly("healthpro");
    assertThat(RelationName.tryParse(" dm_aou.dbo.vw_reporting_base ").orElseThrow().parts())
        .containsExactly("dm_aou", "dbo", "vw_reporting_base");
  }

  @Test
  void tryParse_quotedParts_mayHoldDotsAndBlanks() {
    assertThat(RelationName.tryParse("[dm.aou].\"my schema\".t").orElseThrow().parts())
        .containsExactly("dm.aou", "my schema", "t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "a.",
        ".a",
        "a..b",
        "a.b.c.d",
        "[a",
        "a]",
        "[a]b",
        "[a]]; DROP TABLE t; --]",
        "\"a\"b\"",
        "a\nb"
      })
  void tryParse_anythingElse_isNoName(String text) {
    assertThat(RelationName.tryParse(text)).isEmpty();
  }

  @Test
  void new_quoteInAPart_isRefusedWithoutTheValue() {
    assertThatThrownBy(() -> new RelationName(List.of("a]b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("a]b");
  }
}
