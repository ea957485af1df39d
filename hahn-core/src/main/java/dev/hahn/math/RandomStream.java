package dev.hahn.math;

/**
 * A counter-based random stream: the numbers depend on (seed, index) alone, so that sample i of a
 * data set is the same on every thread and machine. Philox 4x32-10 of Salmon et al., "Parallel
 * random numbers: as easy as 1, 2, 3", SC11 (2011). Not thread-safe; make one per task.
 */
public final class RandomStream {
  private static final int M0 = 0xD2511F53;
  private static final int M1 = 0xCD9E8D57;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;

  private final int key0;
  private final int key1;
  private final int index0;
  private final int index1;
  private long block;
  private final int[] words = new int[4];
  private int used = 4;

  /**
   * A stream of its own.
   *
   * @param seed chooses the family of streams
   * @param index chooses the stream within the family
   */
  public RandomStream(long seed, long index) {
    key0 = (int) seed;
    key1 = (int) (seed >>> 32);
    index0 = (int) index;
    index1 = (int) (index >>> 32);
  }

  /** A uniform number in [0, 1) with 53 random bits. */
  public double nextDouble() {
    int high = nextInt() >>> 5;
    int low = nextInt() >>> 6;
    return (high * 0x1.0p26 + low) * 0x1.0p-53;
  }

  /** A standard normal number (Box and Muller). */
  public double nextGaussian() {
    double radius = Math.sqrt(-2 * Math.log(1 - nextDouble()));
    return radius * Math.cos(2 * Math.PI * nextDouble());
  }

  /** 0..n-1 in random order (Fisher and Yates). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = (int) (nextDouble() * (i + 1));
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** 32 random bits. */
  public int nextInt() {
    if (used == 4) {
      philox(words, (int) block, (int) (block >>> 32), index0, index1, key0, key1);
      block++;
      used = 0;
    }
    return words[used++];
  }

  /**
   * Ten rounds of Philox on a 128-bit counter and a 64-bit key; fills {@code out} with four words.
   */
  static void philox(int[] out, int c0, int c1, int c2, int c3, int k0, int k1) {
    for (int round = 0; round < 10; round++) {
      long product0 = (M0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
      long product1 = (M1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
      int n0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      int n2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c1 = (int) product1;
      c3 = (int) product0;
      c0 = n0;
      c2 = n2;
      k0 += W0;
      k1 += W1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
  }
}
