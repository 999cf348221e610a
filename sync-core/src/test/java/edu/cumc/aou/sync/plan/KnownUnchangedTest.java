package edu.cumc.aou.sync.plan;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Fingerprint;
import edu.cumc.aou.sync.port.MirrorTable;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The store knows a participant's flaws before it knows that nobody need look at them again. */
class KnownUnchangedTest {

  private final List<String> deeds = new ArrayList<>();

  private final KnownUnchanged known =
      new KnownUnchanged(
          (MirrorTable)
              Proxy.newProxyInstance(
                  MirrorTable.class.getClassLoader(),
                  new Class<?>[] {MirrorTable.class},
                  (proxy, method, arguments) -> {
                    deeds.add(method.getName() + " " + ((Map<?, ?>) arguments[0]).size());
                    return null;
                  }),
          () -> deeds.add("flaws"));

  private void add(int from, int to) {
    IntStream.rangeClosed(from, to).forEach(n -> known.add(pmiId(n), new Fingerprint(n, n)));
  }

  @Test
  void flush_withoutAnybody_storesNothing() {
    known.flush();

    assertThat(deeds).isEmpty();
  }

  @Test
  void flush_storesTheFlawsFirst_andNothingTwice() {
    add(1, 2);
    assertThat(deeds).isEmpty();
    known.flush();
    known.flush();

    assertThat(deeds).containsExactly("flaws", "keepUnchanged 2");
  }

  @Test
  void add_storesTwoThousandAtATime() {
    add(1, 1_999);
    assertThat(deeds).isEmpty();
    add(2_000, 2_001);
    assertThat(deeds).containsExactly("flaws", "keepUnchanged 2000");
    known.flush();

    assertThat(deeds).endsWith("flaws", "keepUnchanged 1");
  }
}
