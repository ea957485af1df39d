package dev.hahn.posterior;

/**
 * How large a network is, how long it is trained, and on how many curves it is judged. The defaults
 * were chosen on challenge-2020, see docs/experiments.md.
 *
 * @param components of a curve that it sees, at most
 * @param width of its trunk
 * @param blocks of its trunk
 * @param mixture components of the density
 * @param epochs passes through the curves, each with other noise
 * @param batch curves a step
 * @param rate largest learning rate; it falls to 0 as a cosine
 * @param decay of weights, per unit of learning rate
 * @param heldOut curves that it does not learn from, to judge and calibrate it by
 */
public record Settings(
    int components,
    int width,
    int blocks,
    int mixture,
    int epochs,
    int batch,
    double rate,
    double decay,
    long heldOut) {
  private static final double CURVES_SEEN = 6e6;

  private static final double RATE = 1e-3;
  private static final double SMALL_RATE = 1e-4;

  private static final int LARGE_BATCH = 512;
  private static final int SMALL_BATCH = 128;

  /** With fewer steps of large batches, small ones. */
  private static final long FEWEST_STEPS = 20_000;

  /** The fewest curves to judge by. */
  public static final long LEAST_HELD_OUT = 50;

  private static final long MOST_HELD_OUT = 10_000;

  /** Sensible settings for a number of curves. */
  public static Settings of(long curves) {
    return of(curves, (int) Math.clamp(Math.round(CURVES_SEEN / curves), 12L, 60L));
  }

  /** The same with a given number of epochs. */
  public static Settings of(long curves, int epochs) {
    boolean many = curves * epochs / LARGE_BATCH >= FEWEST_STEPS;
    int batch = many ? LARGE_BATCH : SMALL_BATCH;
    return new Settings(640, 384, 2, 6, epochs, batch, RATE, 0.02, heldOut(curves));
  }

  /** How many of so many curves are held out as a rule: a tenth, up to 10,000. */
  static long heldOut(long curves) {
    return Math.clamp(curves / 10, LEAST_HELD_OUT, MOST_HELD_OUT);
  }

  /** The same for a network that has learned already: larger steps would undo what it has. */
  public Settings further() {
    return new Settings(
        components, width, blocks, mixture, epochs, batch, SMALL_RATE, decay, heldOut);
  }

  /** The same with another number of curves held out. */
  public Settings withHeldOut(long number) {
    return new Settings(components, width, blocks, mixture, epochs, batch, rate, decay, number);
  }
}
