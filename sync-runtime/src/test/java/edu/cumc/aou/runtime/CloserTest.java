package edu.cumc.aou.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.Stage;
import com.google.inject.matcher.Matchers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloserTest {

  private final List<String> closed = new ArrayList<>();
  private final Closer closer = new Closer();

  private record Base(List<String> closed) implements AutoCloseable {
    @Override
    public void close() {
      closed.add("base");
      throw new IllegalStateException("base does not close");
    }
  }

  private record Upper(Base base) implements AutoCloseable {
    @Override
    public void close() {
      base.closed().add("upper");
      throw new IllegalStateException("upper does not close");
    }
  }

  private final class Parts extends AbstractModule {
    @Override
    protected void configure() {
      bindListener(Matchers.any(), closer);
    }

    @Provides
    @Singleton
    Upper upper(Base base) {
      return new Upper(base);
    }

    @Provides
    @Singleton
    Base base() {
      return new Base(closed);
    }

    @Provides
    @Singleton
    AutoCloseable sameUnderAnotherName(Upper upper) {
      return upper;
    }
  }

  @Test
  void whatWasMade_isClosedOnceInReverseOrderThoughClosingFails() {
    Guice.createInjector(Stage.PRODUCTION, new Parts());

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(closer::close)
        .withMessage("upper does not close")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(closed).containsExactly("upper", "base");
    closer.close();
    assertThat(closed).hasSize(2);
  }
}
