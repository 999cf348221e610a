package edu.cumc.aou.db.internal;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.PmiId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlanksTest {

  @Test
  void codes_areTheCharactersThatTheCanonicalKeyLeavesOut() {
    List<Integer> leftOut =
        IntStream.rangeClosed(Character.MIN_CODE_POINT, Character.MAX_CODE_POINT)
            .filter(c -> PmiId.canonicalText(Character.toString(c)).isEmpty())
            .boxed()
            .toList();

    assertThat(Blanks.CODES).containsExactlyElementsOf(leftOut);
  }
}
