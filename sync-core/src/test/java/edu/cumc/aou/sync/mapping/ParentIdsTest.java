package edu.cumc.aou.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParentIdsTest {

  private static final String ONE = "001000000000001";
  private static final String TWO = "001000000000002";

  private final List<String> asked = new ArrayList<>();
  private boolean isTooMany;

  private final ParentIds ids = new ParentIds(this::read);

  private Optional<Map<String, List<String>>> read(
      String object, String field, @Nullable String value) {
    asked.add(object + "." + field + (value == null ? "" : "=" + value));
    if (value == null && isTooMany) {
      return Optional.empty();
    }
    return Optional.of(Map.of("NYC ", List.of(ONE), "nyc", List.of(TWO), "LA", List.of(TWO)));
  }

  @Test
  void of_few_asksOnceForAll_andFindsInAnyCase() {
    assertThat(ids.of("Account", "Code", "la")).containsExactly(TWO);
    assertThat(ids.of("Account", "Code", "Nyc")).containsExactlyInAnyOrder(ONE, TWO);
    assertThat(ids.of("Account", "Code", "SF")).isEmpty();
    assertThat(asked).containsExactly("Account.Code");
  }

  @Test
  void of_fieldsAndObjects_areAskedApart() {
    ids.of("Account", "Code", "LA");
    ids.of("Account", "Name", "LA");
    ids.of("Case", "Code", "LA");

    assertThat(asked).containsExactly("Account.Code", "Account.Name", "Case.Code");
  }

  @Test
  void of_many_asksOnceForEachValue() {
    isTooMany = true;

    assertThat(ids.of("Account", "Code", "la")).containsExactly(TWO);
    assertThat(ids.of("Account", "Code", "la")).containsExactly(TWO);
    assertThat(ids.of("Account", "Code", "SF")).isEmpty();
    assertThat(asked).containsExactly("Account.Code", "Account.Code=la", "Account.Code=SF");
  }
}
