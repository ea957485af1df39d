package dev.hahn.learn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/** Garbage is collected all the time, and what it frees outside Java's heap is written over. */
public final class Garbage {
  private Garbage() {}

  /** The answer of an action amid this. */
  public static <T> T amid(Callable<T> action) throws Exception {
    AtomicBoolean going = new AtomicBoolean(true);
    Thread collector =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  while (going.get()) {
                    System.gc();
                    for (int i = 0; i < 1000; i++) {
                      ByteBuffer.allocateDirect(Float.BYTES)
                          .order(ByteOrder.nativeOrder())
                          .putFloat(Float.NaN);
                    }
                  }
                });
    try {
      return action.call();
    } finally {
      going.set(false);
      collector.join();
    }
  }
}
