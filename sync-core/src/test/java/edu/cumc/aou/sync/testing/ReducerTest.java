package edu.cumc.aou.sync.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The seeded generator and the reducer of failing lists. */
class ReducerTest {

  private static final List<Integer> NUMBERS = IntStream.range(0, 60).boxed().toList();

  @Test
  void whatDoesNotMatter_isCutAway() {
    assertThat(Reducer.reduce(NUMBERS, l -> l.containsAll(List.of(7, 31, 32)), 1_000))
        .containsExactly(7, 31, 32);
    assertThat(Reducer.reduce(NUMBERS, l -> l.contains(59), 1_000)).containsExactly(59);
    assertThat(Reducer.reduce(NUMBERS, l -> l.size() >= 5, 1_000)).hasSize(5);
  }

  @Test
  void triesAreCounted() {
    AtomicInteger tries = new AtomicInteger();

    List<Integer> left =
        Reducer.reduce(
            NUMBERS,
            l -> {
              tries.incrementAndGet();
              return l.contains(7) && l.contains(31);
            },
            5);

    assertThat(tries).hasValue(5);
    assertThat(left).contains(7, 31);
  }

  @Test
  void sameSeed_drawsTheSame_andPartsAreIndependent() {
    assertThat(drawn(new Draw(1))).isEqualTo(drawn(new Draw(1))).isNotEqualTo(drawn(new Draw(2)));
    Draw whole = new Draw(1);
    whole.below(10);
    assertThat(drawn(whole.of("part"))).isEqualTo(drawn(new Draw(1).of("part")));
  }

  private static List<Integer> drawn(Draw draw) {
    return IntStream.range(0, 20).mapToObj(i -> draw.below(1_000)).toList();
  }
}
