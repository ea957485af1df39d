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

  /** With fewer curves, small batches: there would be too few steps. */
  private static final long SMALL_BATCHES = 100_000;

  /** The fewest curves to judge by. */
  public static final long LEAST_HELD_OUT = 50;

  private static final long MOST_HELD_OUT = 10_000;

  /** Sensible settings for a number of curves. */
  public static Settings of(long curves) {
    int epochs = (int) Math.clamp(Math.round(CURVES_SEEN / curves), 12L, 60L);
    int batch = curves < SMALL_BATCHES ? 128 : 512;
    return new Settings(640, 384, 2, 6, epochs, batch, 1e-3, 0.02, heldOut(curves));
  }

  /** How many of so many curves are held out as a rule: a tenth, up to 10,000. */
  static long heldOut(long curves) {
    return Math.clamp(curves / 10, LEAST_HELD_OUT, MOST_HELD_OUT);
  }

  /** The same with another number of epochs. */
  public Settings withEpochs(int number) {
    return new Settings(components, width, blocks, mixture, number, batch, rate, decay, heldOut);
  }

  /** The same with another number of curves held out. */
  public Settings withHeldOut(long number) {
    return new Settings(components, width, blocks, mixture, epochs, batch, rate, decay, number);
  }
}
