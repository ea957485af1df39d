package dev.hahn.posterior;

/** How the curves of a source are written down before anyone looks at them. */
interface Writing {
  /** As they are: those that a {@link Rounding} rounds. */
  Writing AS_BEFORE =
      new Writing() {
        @Override
        public boolean includes(long index) {
          return Rounding.isRounded(index);
        }

        @Override
        public void write(double[] curve, long index) {}
      };

  /** All with seven digits, as other programs and text files have them. */
  Writing OF_DIGITS =
      new Writing() {
        @Override
        public boolean includes(long index) {
          return true;
        }

        @Override
        public void write(double[] curve, long index) {
          Rounding.toDigits(curve);
        }
      };

  /** Whether a curve is looked at, by its place in the source. */
  boolean includes(long index);

  /**
   * Writes one of those down.
   *
   * @param curve [2T], changed
   * @param index of the curve in its source
   */
  void write(double[] curve, long index);
}
