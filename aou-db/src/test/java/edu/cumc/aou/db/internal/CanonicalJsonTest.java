package edu.cumc.aou.db.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One record's values as text and back. */
class CanonicalJsonTest {

  private static SortedMap<String, String> odd() {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("B", "a \"quoted\" \\ text\nof two lines\t");
    texts.put("A", "");
    texts.put("a", "\u0000\u001f\u007f\u2028 ü ß \ud83d\ude00 \ud83d");
    texts.put("Z__c", "</script>");
    return texts;
  }

  @Test
  void mapWrittenPieceByPiece_isThatOfTheWholeMap() {
    assertThat(CanonicalJson.write(odd(), Function.identity(), Function.identity()))
        .isEqualTo(CanonicalJson.write(odd()));
    assertThat(CanonicalJson.write(new TreeMap<String, String>(), n -> n, t -> t)).isEqualTo("{}");
  }

  @Test
  void whatWasWritten_isReadInItsOrder() {
    SortedMap<String, String> read = CanonicalJson.texts(CanonicalJson.write(odd()));

    assertThat(read).isEqualTo(odd()).containsOnlyKeys("A", "B", "Z__c", "a");
    assertThat(CanonicalJson.texts("{\"n\":1,\"t\":true}")).containsValues("1", "true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"a\"",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":\"b\"",
        "{\"a\":null}",
        "{\"a\":{}}",
        "{\"a\":[\"b\"]}",
        "{a:\"b\"}"
      })
  void whatIsNoMapOfTexts_isRefused_andNotQuoted(String json) {
    assertThatThrownBy(() -> CanonicalJson.texts(json))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a column that holds JSON of ours holds something else")
        .hasNoCause();
  }
}
