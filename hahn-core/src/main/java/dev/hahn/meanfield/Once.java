package dev.hahn.meanfield;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What takes long to make and not every curve asks for: made when one first does, and kept. */
final class Once<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private @Nullable T made;

  Once(Supplier<T> maker) {
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
