package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoqlTest {

  @Test
  void query_isWrittenInOrder() {
    Soql query =
        Soql.select("Id", "Account.Name", "Id")
            .from("Contact")
            .where(SoqlCondition.ne("HP_PMI_ID__c", null))
            .where(
                SoqlCondition.or(
                    List.of(
                        SoqlCondition.ge("CreatedDate", Instant.parse("2026-03-01T10:00:00.9Z")),
                        SoqlCondition.trusted("RecordType.DeveloperName = 'P'"))))
            .orderBy("SystemModstamp")
            .orderBy("Id")
            .limit(5);

    assertThat(query.text())
        .isEqualTo(
            "SELECT Id, Account.Name FROM Contact WHERE (HP_PMI_ID__c != null AND (CreatedDate >="
                + " 2026-03-01T10:00:00Z OR (RecordType.DeveloperName = 'P'))) ORDER BY"
                + " SystemModstamp, Id LIMIT 5");
    assertThat(query.toString()).isEqualTo("Soql[Contact]");
    assertThat(Soql.count().from("Contact").text()).isEqualTo("SELECT COUNT() FROM Contact");
  }

  @Test
  void literals_haveTheFormOfTheirType() {
    assertThat(Soql.literal(null)).isEqualTo("null");
    assertThat(Soql.literal(LocalDate.of(2026, 3, 1))).isEqualTo("2026-03-01");
    assertThat(Soql.literal(true)).isEqualTo("true");
    assertThat(Soql.literal(7)).isEqualTo("7");
    assertThat(Soql.literal(new BigDecimal("1E+3"))).isEqualTo("1000");
    assertThat(Soql.literal("a'b\\c\"d\n\r\t\b\fé")).isEqualTo("'a\\'b\\\\c\\\"d\\n\\r\\t\\b\\fé'");
    assertThatThrownBy(() -> Soql.literal(1.5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 300, seed = "42")
  void literal_canBeReadBackAndEndsWhereItShould(@ForAll String text) {
    String literal = Soql.literal(text);
    StringBuilder read = new StringBuilder();
    int i = 1;
    while (literal.charAt(i) != '\'') {
      char c = literal.charAt(i++);
      if (c == '\\') {
        char escaped = literal.charAt(i++);
        read.append(
            switch (escaped) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              case 'b' -> '\b';
              case 'f' -> '\f';
              default -> escaped;
            });
      } else {
        read.append(c);
      }
    }
    assertThat(i).isEqualTo(literal.length() - 1);
    assertThat(read.toString()).isEqualTo(text);
  }

  @Property(tries = 100, seed = "42")
  void chunks_holdEverythingAndFit(
      @ForAll @Size(max = 60) List<String> values, @ForAll @IntRange(min = 1, max = 400) int most) {
    List<List<String>> chunks = Soql.chunks(values, most);

    assertThat(chunks.stream().flatMap(List::stream).toList()).isEqualTo(values);
    for (List<String> chunk : chunks) {
      String list = chunk.stream().map(v -> "," + Soql.literal(v)).collect(Collectors.joining());
      int length = URLEncoder.encode(list, StandardCharsets.UTF_8).length();
      assertThat(chunk.size() == 1 || length <= most).isTrue();
    }
  }

  @Test
  void chunksOfIds_areNeitherTinyNorTooLong() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      ids.add("0035500001H9cakAAB");
    }
    assertThat(Soql.chunks(ids, Soql.MAX_ENCODED_LENGTH)).hasSizeBetween(2, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1x", "a b", "a;b", "Id FROM User", "a.", "a..b", "é", "a'"})
  void namesThatAreNone_areRefused(String name) {
    assertThatThrownBy(() -> Soql.select(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Soql.select("Id").from(name))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SoqlCondition.eq(name, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void incompleteQueries_areRefused() {
    assertThatThrownBy(() -> Soql.select("Id").text()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Soql.select(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SoqlCondition.in("Id", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
