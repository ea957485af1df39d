package dev.hahn.fit;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Preset;
import dev.hahn.limits.CurveSimulator;
import dev.hahn.limits.PrincipalComponents;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The posterior of one curve from simulations near it: a first guess is simulated at, the {@link
 * SyntheticLikelihood} of what sums up the curve learned, draws reweighed by it and the prior, and
 * again around the result until the draws carry their weight. A parameter that is a choice or known
 * keeps its value, one that follows from others follows. What sums up a curve is linear in it, and
 * the {@link Summary} of the guess if there is one: without, what the scatter of curves tells as it
 * changes with the parameters is not used.
 *
 * @param samples draws from the posterior, each equally probable, [SAMPLES][parameters]
 * @param mean of each parameter
 * @param rounds taken
 * @param effective effective number of the draws behind the samples, of {@link #DRAWS}
 * @param effectiveStart the same for the draws around the first guess: small if it was off or wide
 * @param chi2 squared distance of the curve from the mean curve of a parameter point, in standard
 *     deviations of curves of that point; mean over the posterior
 * @param components that were compared, about what chi2 should be
 * @param surprise share of curves simulated at points of the posterior that lie as far from the
 *     mean there as the measured one does, or farther; small if the experiment cannot give such a
 *     curve
 * @param predicted these curves with measurement noise, [PREDICTED][2T], Re then Im
 */
public record Fit(
    double[][] samples,
    double[] mean,
    int rounds,
    double effective,
    double effectiveStart,
    double chi2,
    int components,
    double surprise,
    double[][] predicted) {
  /** Weighted draws of each round. */
  public static final int DRAWS = 20_000;

  /** Samples in the result. */
  public static final int SAMPLES = 4_000;

  /** Curves simulated from the result, to compare with. */
  public static final int PREDICTED = 200;

  /** The fewest simulations of a round. */
  public static final int FEWEST_SIMULATIONS = 60;

  /** The fewest draws that a fit begins from. */
  public static final int FEWEST_GUESSES = 50;

  /** Family of random streams of the predicted curves' frequencies. */
  private static final long PREDICTED_STREAM = 1L << 43;

  private static final int STRIDE = SAMPLES / PREDICTED;
  private static final int MOST_ROUNDS = 6;

  /** Curves that are summed up at a time. */
  private static final int READ = 40;

  /** Draws cover the posterior with room to spare. */
  private static final double WIDTH = 1.5;

  /** Share of effective draws at which a round was the last, if there are many parameters. */
  private static final double ENOUGH = 0.2;

  /**
   * The same for each of a few parameters. A cloud of the right width has 0.83 of them for each; of
   * one or two, 0.2 in all is left where the posterior is three times as narrow as it should be.
   */
  private static final double ENOUGH_OF_EACH = 0.67;

  /** Share below which the result should not be relied on. */
  private static final double POOR = 0.01;

  /**
   * Where a fit begins.
   *
   * @param draws from a first guess of the posterior or from the prior, at least {@link
   *     #FEWEST_GUESSES}, [n][P]; all with the same choices
   * @param summary what to look at besides a linear summary
   */
  public record Guess(double[][] draws, Summary summary) {}

  /** Whether too few draws carry the weight to rely on the result. */
  public boolean isPoor() {
    return effective < POOR * DRAWS;
  }

  /**
   * Fits a curve.
   *
   * @param measured curve, Re then Im on the preset's grid, [2T], not modified
   * @param sigma standard deviation of white noise on Re and Im, >= 0
   * @param simulations curves of a round
   * @param seed of all random numbers
   * @param threads at least one
   * @param progress counts curves; rounds that are not needed are skipped at the end
   * @throws InputException if the curve does not fit the preset
   * @throws InterruptedException if this thread is interrupted
   */
  public static Fit of(
      Preset preset,
      double[] measured,
      double sigma,
      Guess guess,
      int simulations,
      long seed,
      int threads,
      Progress progress)
      throws InterruptedException {
    require(preset, measured, sigma, simulations);
    double[] curve = preset.measurement().known(measured);
    PriorScale scale = new PriorScale(preset, guess.draws[0]);
    long total = (long) simulations * MOST_ROUNDS + PREDICTED;
    AtomicLong done = new AtomicLong();
    CurveSimulator simulator =
        new CurveSimulator(preset, seed, threads, n -> progress.update(done.addAndGet(n), total));
    Summary summary = inParts(guess.summary, () -> progress.update(done.get(), total));
    double[] told = summary.of(new double[][] {curve})[0];
    Round.Measured seen = new Round.Measured(curve, sigma, summary, told);
    CloudCurves simulated = new CloudCurves(simulator, preset.measurement(), scale, seed);
    double[][] z = Arrays.stream(guess.draws).map(scale::of).toArray(double[][]::new);
    Rounds rounds = Rounds.around(z, simulated, seen, simulations);
    Round round = rounds.best;
    double[][] samples = round.resampled(SAMPLES, new RandomStream(seed, 1L << 45));
    double[][] places = new double[PREDICTED][];
    for (int i = 0; i < PREDICTED; i++) {
      places[i] = round.cloud.near(round.cloud.inverse(samples[i * STRIDE]));
    }
    double[][] predicted = simulated.of(round.cloud, places, sigma, PREDICTED_STREAM);
    progress.update(total, total);
    double chi2 = 0;
    int farther = 0;
    double[] reading = round.linear.reading(curve);
    for (int i = 0; i < PREDICTED; i++) {
      double own = round.linear.chi2(reading, places[i]);
      double other = round.linear.chi2(round.linear.reading(predicted[i]), places[i]);
      farther += other >= own ? 1 : 0;
      chi2 += own / PREDICTED;
    }
    double[][] physical = Arrays.stream(samples).map(scale::values).toArray(double[][]::new);
    return new Fit(
        physical,
        mean(preset, physical),
        rounds.taken,
        round.effective(),
        rounds.effectiveStart,
        chi2,
        round.linear.components(),
        (double) farther / PREDICTED,
        predicted);
  }

  /**
   * Rounds around a first guess.
   *
   * @param best the first after that of the guess whose draws carry their weight; if none do, the
   *     last that may be relied on, being sharper than those before it, or else the one with most
   *     effective draws: rounds around a curve that no point gives get worse
   * @param taken how many
   * @param effectiveStart effective draws around the guess
   */
  private record Rounds(Round best, int taken, double effectiveStart) {
    static Rounds around(
        double[][] guess, CloudCurves simulated, Round.Measured seen, int simulations)
        throws InterruptedException {
      double[] equal = new double[guess.length];
      Arrays.fill(equal, 1.0 / equal.length);
      Cloud start = Cloud.of(guess, equal, WIDTH);
      Round round = new Round(simulated, start, seen, simulations, 0);
      double effectiveStart = round.effective();
      double enough = Math.max(ENOUGH, Math.pow(ENOUGH_OF_EACH, start.mean().length));
      Round best = round;
      for (int taken = 1; taken < MOST_ROUNDS; taken++) {
        Cloud cloud = Cloud.of(round.points, round.tempered(), WIDTH);
        round = new Round(simulated, cloud, seen, simulations, taken);
        if (round.effective() >= enough * DRAWS) {
          return new Rounds(round, taken + 1, effectiveStart);
        }
        boolean reliable = round.effective() >= POOR * DRAWS;
        best = reliable || round.effective() > best.effective() ? round : best;
      }
      return new Rounds(best, MOST_ROUNDS, effectiveStart);
    }
  }

  /**
   * The same summary, made of some curves at a time: it may take as long as simulating them, and is
   * to be stopped as readily.
   */
  private static Summary inParts(Summary summary, Runnable alive) {
    return curves -> {
      double[][] numbers = new double[curves.length][];
      for (int from = 0; from < curves.length; from += READ) {
        int to = Math.min(curves.length, from + READ);
        double[][] some = summary.of(Arrays.copyOfRange(curves, from, to));
        System.arraycopy(some, 0, numbers, from, some.length);
        alive.run();
      }
      return numbers;
    };
  }

  /**
   * The mean of samples. A choice, the same in all, stays what it is to the last bit, and what
   * follows from other parameters follows from their means.
   */
  private static double[] mean(Preset preset, double[][] samples) {
    double[] mean = PrincipalComponents.mean(samples);
    for (int p = 0; p < mean.length; p++) {
      if (preset.parameters().get(p).isChoice()) {
        mean[p] = samples[0][p];
      }
    }
    return preset.withDerived(mean);
  }

  private static void require(Preset preset, double[] curve, double sigma, int simulations) {
    int samples = preset.times().length;
    if (curve.length != 2 * samples) {
      throw new InputException(
          "curve: expected "
              + samples
              + " samples of Re and of Im as "
              + preset.id()
              + " has, found "
              + curve.length / 2);
    }
    for (double value : curve) {
      if (!Double.isFinite(value)) {
        throw new InputException("curve: expected finite numbers, found " + value);
      }
    }
    if (!(sigma >= 0 && Double.isFinite(sigma))) {
      throw new InputException("noise: expected a finite number >= 0, found " + sigma);
    }
    if (simulations < FEWEST_SIMULATIONS) {
      throw new InputException(
          "simulations: expected at least "
              + FEWEST_SIMULATIONS
              + " a round, found "
              + simulations);
    }
  }
}
