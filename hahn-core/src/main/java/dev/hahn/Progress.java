package dev.hahn;

/**
 * Where long work reports how far it is. Called from any thread; implementations must be
 * thread-safe and quick.
 */
@FunctionalInterface
public interface Progress {
  /** Reports nothing. */
  Progress NONE = (done, total) -> {};

  /**
   * Reports the state of the work.
   *
   * @param done units finished so far, 0..total
   * @param total units in all
   */
  void update(long done, long total);
}
