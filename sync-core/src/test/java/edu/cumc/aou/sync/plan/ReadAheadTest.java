package edu.cumc.aou.sync.plan;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.PmiId;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

  private final List<PmiId> passed = new ArrayList<>();

  private static ReadAhead<PmiId> stream(Integer... numbers) {
    return new ReadAhead<>(Stream.of(numbers).map(n -> pmiId(n)).iterator());
  }

  private Optional<PmiId> advance(ReadAhead<PmiId> stream, int number) {
    return stream.advanceTo(pmiId(number), pmi -> pmi, passed::add);
  }

  @Test
  void peek_showsTheNextElement_andLeavesItThere() {
    ReadAhead<PmiId> stream = stream(1, 2);

    assertThat(stream.peek()).isEqualTo(pmiId(1));
    assertThat(stream.peek()).isEqualTo(pmiId(1));
    assertThat(stream.take()).isEqualTo(pmiId(1));
    assertThat(stream.take()).isEqualTo(pmiId(2));
    assertThat(stream.peek()).isNull();
    assertThatThrownBy(stream::take).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void advanceTo_takesTheParticipantsElement_andTellsOfThoseBefore() {
    ReadAhead<PmiId> stream = stream(1, 2, 4, 5);

    assertThat(advance(stream, 4)).contains(pmiId(4));
    assertThat(passed).containsExactly(pmiId(1), pmiId(2));
    assertThat(stream.peek()).isEqualTo(pmiId(5));
  }

  @Test
  void advanceTo_aParticipantWithoutAnElement_stopsBeforeTheNextOne() {
    ReadAhead<PmiId> stream = stream(1, 5);

    assertThat(advance(stream, 3)).isEmpty();
    assertThat(passed).containsExactly(pmiId(1));
    assertThat(advance(stream, 5)).contains(pmiId(5));
    assertThat(advance(stream, 6)).isEmpty();
    assertThat(passed).containsExactly(pmiId(1));
  }
}
