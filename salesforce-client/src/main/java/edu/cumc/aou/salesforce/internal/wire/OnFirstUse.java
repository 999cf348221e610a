package edu.cumc.aou.salesforce.internal.wire;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes something when it is first needed. Feign reads the annotations of an interface by
 * reflection, and Java makes a class for it: some ten milliseconds of a start for each.
 * Thread-safe.
 */
public final class OnFirstUse<T> implements Supplier<T> {

  private final Supplier<T> maker;
  private @Nullable T made;

  public OnFirstUse(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    T known = made;
    if (known == null) {
      known = maker.get();
      made = known;
    }
    return known;
  }
}
