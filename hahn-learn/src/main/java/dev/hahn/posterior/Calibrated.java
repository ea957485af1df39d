package dev.hahn.posterior;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hahn.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What held-out curves said of a network, level of noise by level: where the true parameters really
 * lie in its marginals, and what is normal for a curve of the kind it was trained on. It is part of
 * a model file.
 *
 * @param marginals what is to be made of the network's marginals, for levels of noise; those of one
 *     kind ascend, and those of all kinds come last; the noise of the others is what curves without
 *     noise, or rounded, seem to have, see {@link Answer#seemingNoise}
 * @param normal what is normal for a curve, for levels of noise, likewise
 */
record Calibrated(@JsonProperty("ranks") List<Marginals> marginals, List<Level> normal) {
  /** Metadata of a model file that holds this as JSON. */
  static final String KEY = "hahn.calibration";

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build())
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /** Which curves a level is of. */
  enum Kind {
    /** Without noise, as far as the curve tells, see {@link Traits#seemsRounded}. */
    EXACT,
    /** Rounded, likewise. */
    ROUNDED,
    /** Of seven digits, which the curve tells for sure. */
    OF_DIGITS,
    /** Of those without noise, or rounded, the ones that seem too noisy for an analysis. */
    UNANALYSED,
    /** Whatever their noise is. */
    ALL
  }

  /**
   * What is to be made of the marginals of curves with a level of noise.
   *
   * @param kind of the curves
   * @param noise of the curves
   * @param traits by which they differ
   * @param models where the true parameters lie in each marginal, [D]
   * @param shares of the density's mean in the posterior mean of each parameter, see {@link Means},
   *     [P]; empty in files of before, whose means are the network's own
   * @param powers of the probabilities of choices, see {@link ChoicePowers}, one for each discrete
   *     parameter; empty in files of before, which are as sure as the network
   */
  record Marginals(
      Kind kind,
      double noise,
      Traits traits,
      List<RankModel> models,
      double[] shares,
      double[] powers) {
    double[][] ranks(Answer answer) {
      double[] terms = traits.terms(answer);
      return models.stream().map(model -> model.at(terms)).toArray(double[][]::new);
    }
  }

  /** What is normal for curves of a kind at a level of noise. */
  record Level(double noise, Kind kind, NormalCurves curves) {}

  /** Between two levels. */
  record Place(int below, int above, double part) {}

  static Calibrated parse(String json, String subject) {
    try {
      return JSON.readValue(json, Calibrated.class);
    } catch (JsonProcessingException e) {
      return parseOlder(json, subject);
    }
  }

  /** By way of a tree, which takes half as long again. */
  private static Calibrated parseOlder(String json, String subject) {
    try {
      JsonNode tree = JSON.readTree(json);
      bringUpToDate(tree);
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

  /**
   * Files of before have no shares of means and no powers of choices, do not tell kinds of curves
   * apart by their marginals, or at all, and then have what is normal as arrays over the levels.
   */
  private static void bringUpToDate(JsonNode tree) {
    for (JsonNode marginals : tree.path("ranks")) {
      if (marginals instanceof ObjectNode object && !object.has("shares")) {
        object.putArray("shares");
      }
      if (marginals instanceof ObjectNode object && !object.has("powers")) {
        object.putArray("powers");
      }
      if (marginals instanceof ObjectNode object && !object.has("kind")) {
        object.put("kind", Kind.ALL.name());
      }
    }
    if (tree instanceof ObjectNode object && object.has("summaryMean") && !object.has("normal")) {
      JsonNode noise = object.path("levels");
      JsonNode mean = object.remove("summaryMean");
      JsonNode whitening = object.path("summaryWhitening");
      JsonNode low = object.path("low");
      JsonNode high = object.path("high");
      ArrayNode normal = object.putArray("normal");
      for (int l = 0; l < mean.size(); l++) {
        ObjectNode level = normal.addObject();
        level.set("noise", noise.path(l));
        level.put("kind", Kind.ALL.name());
        ObjectNode curves = level.putObject("curves");
        curves.set("mean", mean.path(l));
        curves.set("whitening", whitening.path(l));
        curves.set("low", low.path(l));
        curves.set("high", high.path(l));
      }
      object.remove(List.of("levels", "summaryWhitening", "low", "high"));
    }
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where a curve lies among the levels of what is normal. */
  Place place(Answer answer) {
    return place(
        normal.stream().map(Level::kind).toList(),
        normal.stream().mapToDouble(Level::noise).toArray(),
        answer);
  }

  private Place ofMarginals(Answer answer) {
    return place(
        marginals.stream().map(Marginals::kind).toList(),
        marginals.stream().mapToDouble(Marginals::noise).toArray(),
        answer);
  }

  /** Among levels of the curve's kind, if there are any, and then of all. */
  private Place place(List<Kind> kinds, double[] noises, Answer answer) {
    Kind kind = kind(kinds, answer);
    int[] own =
        IntStream.range(0, noises.length)
            .filter(l -> kinds.get(l) == kind || kinds.get(l) == Kind.ALL)
            .toArray();
    double[] levels = Arrays.stream(own).mapToDouble(l -> noises[l]).toArray();
    Place place = place(levels, answer.seemingNoise());
    return new Place(own[place.below()], own[place.above()], place.part());
  }

  private Kind kind(List<Kind> kinds, Answer answer) {
    if (!answer.analysed() && kinds.contains(Kind.UNANALYSED)) {
      return Kind.UNANALYSED;
    }
    if (answer.ofDigits() && kinds.contains(Kind.OF_DIGITS)) {
      return Kind.OF_DIGITS;
    }
    return marginals.getFirst().traits().seemsRounded(answer) ? Kind.ROUNDED : Kind.EXACT;
  }

  /**
   * What of most curves without noise the components leave out, a standard deviation of each number
   * outside of them; 0 where that is no more than rounding. It is much where there are few samples,
   * all of which differ from curve to curve.
   */
  double leftOut() {
    double most =
        IntStream.range(0, marginals.size())
            .filter(l -> l == 0 || marginals.get(l).kind() != Kind.ALL)
            .mapToDouble(l -> marginals.get(l).noise())
            .max()
            .orElse(0);
    return most > NoiseLevels.LOWEST ? most : 0;
  }

  /** Where a noise level lies among others, ascending, on a logarithmic scale. */
  private static Place place(double[] levels, double sigma) {
    double x = Math.log(Math.max(sigma, Traits.LEAST_NOISE));
    for (int i = 0; i + 1 < levels.length; i++) {
      double from = Math.log(Math.max(levels[i], Traits.LEAST_NOISE));
      double to = Math.log(Math.max(levels[i + 1], Traits.LEAST_NOISE));
      if (x <= to) {
        double part = to > from ? (x - from) / (to - from) : 0; // both may be as good as none
        return new Place(i, i + 1, Math.clamp(part, 0, 1));
      }
    }
    int last = levels.length - 1;
    return new Place(last, last, 0);
  }

  /** Where the true parameters of a curve lie in the marginals of the network's answer, [D]. */
  RankCurve[] ranks(Answer answer) {
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
  double[] shares(Answer answer) {
    Place place = ofMarginals(answer);
    int parameters = answer.mean().length;
    return between(place, shares(place.below(), parameters), shares(place.above(), parameters));
  }

  private double[] shares(int level, int parameters) {
    double[] shares = marginals.get(level).shares();
    return shares.length == 0 ? new double[parameters] : shares;
  }

  /** Powers of the probabilities of a curve's choices, one for each discrete parameter, or none. */
  double[] powers(Answer answer) {
    Place place = ofMarginals(answer);
    double[] below = marginals.get(place.below()).powers();
    double[] above = marginals.get(place.above()).powers();
    return below.length == 0 ? below : between(place, below, above);
  }

  /** Smallest normal values of the statistics of {@link Verdict}, a new array. */
  double[] low(Place place) {
    return between(place, below(place).curves().low(), above(place).curves().low());
  }

  /** The largest, a new array. */
  double[] high(Place place) {
    return between(place, below(place).curves().high(), above(place).curves().high());
  }

  Level below(Place place) {
    return normal.get(place.below());
  }

  Level above(Place place) {
    return normal.get(place.above());
  }

  /** The level whose summaries are nearest. */
  Level nearest(Place place) {
    return place.part() < 0.5 ? below(place) : above(place);
  }

  private static double[] between(Place place, double[] a, double[] b) {
    double[] result = new double[a.length];
    Arrays.setAll(result, i -> (1 - place.part()) * a[i] + place.part() * b[i]);
    return result;
  }
}
