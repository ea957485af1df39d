package dev.hahn.posterior;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hahn.InputException;
import java.util.Arrays;

/**
 * What held-out curves said of a network, level of noise by level: where the true parameters really
 * lie in its marginals, and what is normal for a curve of the kind it was trained on. It is part of
 * a model file.
 *
 * @param levels noise levels, ascending, [L]; the first are what curves without noise, or rounded,
 *     seem to have, see {@link PosteriorEstimator.Answer#seemingNoise}
 * @param guide place of the parameter that the network's errors are parted by, "best" in files: a
 *     coupling makes a curve richer
 * @param centres typical posterior means of that parameter at each level, ascending, [L][B]; one
 *     row if they are the same at all levels
 * @param knots ranks at which distribution functions of ranks are given, ascending from 0 to 1
 * @param ranks the distribution functions of the true parameters' ranks in their marginals at the
 *     knots, from 0 to 1; [L][B][D][knots]
 * @param summaryMean mean of the learned summaries, [L][S]
 * @param summaryWhitening rows w_i so that w_i (s - mean) have variance 1 and no correlation,
 *     [L][S][S]
 * @param low smallest normal value of each statistic of {@link Verdict}, [L][statistics]
 * @param high largest, [L][statistics]
 */
record Calibrated(
    double[] levels,
    @JsonProperty("best") int guide,
    double[][] centres,
    double[] knots,
    double[][][][] ranks,
    double[][] summaryMean,
    double[][][] summaryWhitening,
    double[][] low,
    double[][] high) {
  /** Metadata of a model file that holds this as JSON. */
  static final String KEY = "hahn.calibration";

  /** Less noise than any curve has, for the scale is logarithmic. */
  private static final double LEAST = 1e-9;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  /** Between two levels. */
  record Place(int below, int above, double part) {}

  static Calibrated parse(String json, String subject) {
    try {
      JsonNode tree = JSON.readTree(json);
      JsonNode centres = tree.path("centres");
      if (centres.path(0).isNumber()) { // one row for all levels, in older files
        ((ObjectNode) tree).putArray("centres").add(centres);
      }
      return JSON.treeToValue(tree, Calibrated.class);
    } catch (JsonProcessingException e) {
      throw new InputException(
          subject
              + ": its calibration cannot be read; is it of another version of Hahn? make it again"
              + " with `hahn calibrate`, or train the model again: "
              + e.getOriginalMessage(),
          e);
    }
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where a noise level lies among the levels, on a logarithmic scale. */
  Place place(double sigma) {
    double x = Math.log(Math.max(sigma, LEAST));
    for (int i = 0; i + 1 < levels.length; i++) {
      double from = Math.log(Math.max(levels[i], LEAST));
      double to = Math.log(Math.max(levels[i + 1], LEAST));
      if (x <= to) {
        return new Place(i, i + 1, Math.clamp((x - from) / (to - from), 0, 1));
      }
    }
    int last = levels.length - 1;
    return new Place(last, last, 0);
  }

  /** Where the posterior mean of that parameter lies among the centres of a level. */
  private Place centre(int level, double[] mean) {
    double x = mean[guide];
    double[] there = centres[Math.min(level, centres.length - 1)];
    for (int i = 0; i + 1 < there.length; i++) {
      if (x <= there[i + 1]) {
        double part = (x - there[i]) / (there[i + 1] - there[i]);
        return new Place(i, i + 1, Math.clamp(part, 0, 1));
      }
    }
    return new Place(there.length - 1, there.length - 1, 0);
  }

  /** Where the true parameter lies at a level of noise, for a posterior mean. */
  RankCurve ranks(Place level, double[] mean, int dimension) {
    return new RankCurve(
        knots,
        between(
            level, ranks(level.below(), mean, dimension), ranks(level.above(), mean, dimension)));
  }

  private double[] ranks(int level, double[] mean, int dimension) {
    Place centre = centre(level, mean);
    return between(
        centre, ranks[level][centre.below()][dimension], ranks[level][centre.above()][dimension]);
  }

  double[] low(Place place) {
    return between(place, low[place.below()], low[place.above()]);
  }

  double[] high(Place place) {
    return between(place, high[place.below()], high[place.above()]);
  }

  /** The level whose summaries are nearest. */
  int nearest(Place place) {
    return place.part() < 0.5 ? place.below() : place.above();
  }

  private static double[] between(Place place, double[] a, double[] b) {
    double[] result = new double[a.length];
    Arrays.setAll(result, i -> (1 - place.part()) * a[i] + place.part() * b[i]);
    return result;
  }
}
