package dev.hahn.posterior;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hahn.InputException;
import java.util.Arrays;

/**
 * What held-out curves said of a network, level of noise by level: where the true parameters really
 * lie in its marginals, and what is normal for a curve of the kind it was trained on. It is part of
 * a model file.
 *
 * @param levels noise levels, ascending; the first is what most curves without noise seem to have,
 *     [L]
 * @param guide place of the parameter that the network's errors are parted by, "best" in files: a
 *     coupling makes a curve richer
 * @param centres typical posterior means of that parameter, ascending; [B]
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
    double[] centres,
    double[] knots,
    double[][][][] ranks,
    double[][] summaryMean,
    double[][][] summaryWhitening,
    double[][] low,
    double[][] high) {
  /** Metadata of a model file that holds this as JSON. */
  static final String KEY = "hahn.calibration";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  /** Between two levels. */
  record Place(int below, int above, double part) {}

  static Calibrated parse(String json, String subject) {
    try {
      return JSON.readValue(json, Calibrated.class);
    } catch (JsonProcessingException e) {
      throw new InputException(
          subject
              + ": its calibration cannot be read; is it of another version of Hahn? train it"
              + " again: "
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
    double x = Math.log(Math.max(sigma, Components.LEAST_NOISE));
    for (int i = 0; i + 1 < levels.length; i++) {
      double from = Math.log(Math.max(levels[i], Components.LEAST_NOISE));
      double to = Math.log(Math.max(levels[i + 1], Components.LEAST_NOISE));
      if (x <= to) {
        return new Place(i, i + 1, Math.clamp((x - from) / (to - from), 0, 1));
      }
    }
    int last = levels.length - 1;
    return new Place(last, last, 0);
  }

  /** Where the posterior mean of that parameter lies among the centres. */
  Place centre(double[] mean) {
    double x = mean[guide];
    for (int i = 0; i + 1 < centres.length; i++) {
      if (x <= centres[i + 1]) {
        double part = (x - centres[i]) / (centres[i + 1] - centres[i]);
        return new Place(i, i + 1, Math.clamp(part, 0, 1));
      }
    }
    return new Place(centres.length - 1, centres.length - 1, 0);
  }

  /** Where the true parameter lies at a level of noise, for a posterior mean. */
  RankCurve ranks(Place level, Place centre, int dimension) {
    double[] values =
        between(
            level,
            between(
                centre,
                ranks[level.below()][centre.below()][dimension],
                ranks[level.below()][centre.above()][dimension]),
            between(
                centre,
                ranks[level.above()][centre.below()][dimension],
                ranks[level.above()][centre.above()][dimension]));
    return new RankCurve(knots, values);
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
