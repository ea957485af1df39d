package dev.hahn.posterior;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hahn.InputException;
import java.util.Arrays;
import java.util.List;

/**
 * What held-out curves said of a network, level of noise by level: where the true parameters really
 * lie in its marginals, and what is normal for a curve of the kind it was trained on. It is part of
 * a model file.
 *
 * @param marginals what is to be made of the network's marginals, for levels of noise, ascending;
 *     the first are what curves without noise, or rounded, seem to have, see {@link
 *     PosteriorEstimator.Answer#seemingNoise}
 * @param levels noise levels of what is normal, ascending, likewise, [L]
 * @param summaryMean mean of the learned summaries, [L][S]
 * @param summaryWhitening rows w_i so that w_i (s - mean) have variance 1 and no correlation,
 *     [L][S][S]
 * @param low smallest normal value of each statistic of {@link Verdict}, [L][statistics]
 * @param high largest, [L][statistics]
 */
record Calibrated(
    @JsonProperty("ranks") List<Marginals> marginals,
    double[] levels,
    double[][] summaryMean,
    double[][][] summaryWhitening,
    double[][] low,
    double[][] high) {
  /** Metadata of a model file that holds this as JSON. */
  static final String KEY = "hahn.calibration";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  /**
   * What is to be made of the marginals of curves with a level of noise.
   *
   * @param noise of the curves
   * @param traits by which they differ
   * @param models where the true parameters lie in each marginal, [D]
   * @param shares of the density's mean in the posterior mean of each parameter, see {@link Means},
   *     [P]; empty in files of before, whose means are the network's own
   */
  record Marginals(double noise, Traits traits, List<RankModel> models, double[] shares) {
    double[][] ranks(PosteriorEstimator.Answer answer) {
      double[] terms = traits.terms(answer);
      return models.stream().map(model -> model.at(terms)).toArray(double[][]::new);
    }
  }

  /** Between two levels. */
  record Place(int below, int above, double part) {}

  static Calibrated parse(String json, String subject) {
    try {
      JsonNode tree = JSON.readTree(json);
      for (JsonNode marginals : tree.path("ranks")) {
        if (marginals instanceof ObjectNode object && !object.has("shares")) {
          object.putArray("shares");
        }
      }
      return JSON.treeToValue(tree, Calibrated.class);
    } catch (JsonProcessingException e) {
      throw new InputException(
          subject
              + ": its calibration cannot be read; is it of another version of Hahn? make it again"
              + " with `hahn calibrate`, or train the model again: "
              + e.getOriginalMessage().replaceFirst("; `.*", ""),
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

  /** Where a noise level lies among the levels of what is normal. */
  Place place(double sigma) {
    return place(levels, sigma);
  }

  /** Where a noise level lies among others, ascending, on a logarithmic scale. */
  private static Place place(double[] levels, double sigma) {
    double x = Math.log(Math.max(sigma, Traits.LEAST_NOISE));
    for (int i = 0; i + 1 < levels.length; i++) {
      double from = Math.log(Math.max(levels[i], Traits.LEAST_NOISE));
      double to = Math.log(Math.max(levels[i + 1], Traits.LEAST_NOISE));
      if (x <= to) {
        return new Place(i, i + 1, Math.clamp((x - from) / (to - from), 0, 1));
      }
    }
    int last = levels.length - 1;
    return new Place(last, last, 0);
  }

  /** Where the true parameters of a curve lie in the marginals of the network's answer, [D]. */
  RankCurve[] ranks(PosteriorEstimator.Answer answer) {
    Place place = ofMarginals(answer);
    double[][] below = marginals.get(place.below()).ranks(answer);
    double[][] above = place.part() > 0 ? marginals.get(place.above()).ranks(answer) : below;
    RankCurve[] curves = new RankCurve[below.length];
    Arrays.setAll(curves, d -> new RankCurve(RankModel.KNOTS, between(place, below[d], above[d])));
    return curves;
  }

  /**
   * Shares of the density's mean in the posterior mean of a curve's parameters, a new array, [P].
   */
  double[] shares(PosteriorEstimator.Answer answer) {
    Place place = ofMarginals(answer);
    int parameters = answer.mean().length;
    return between(place, shares(place.below(), parameters), shares(place.above(), parameters));
  }

  private double[] shares(int level, int parameters) {
    double[] shares = marginals.get(level).shares();
    return shares.length == 0 ? new double[parameters] : shares;
  }

  private Place ofMarginals(PosteriorEstimator.Answer answer) {
    double[] noises = marginals.stream().mapToDouble(Marginals::noise).toArray();
    return place(noises, answer.seemingNoise());
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
