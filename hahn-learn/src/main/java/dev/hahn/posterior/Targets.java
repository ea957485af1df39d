package dev.hahn.posterior;

import dev.hahn.data.Preset;
import dev.hahn.learn.Responses;
import java.util.List;

/**
 * What a network learns of parameters: their probits, their standardised values, the choices of the
 * discrete ones, and responses.
 *
 * @param probits how parameters become normal numbers
 * @param responses of the parameters; those of their prior probabilities follow
 * @param mean of the parameters over the prior, [P]
 * @param scale standard deviations, > 0, [P]
 */
record Targets(Probits probits, Responses responses, double[] mean, double[] scale) {
  /** Rows of one batch, as the network's outputs are compared with them. */
  record Row(float[] probits, int[] choices, float[] standardised, float[] responses) {}

  Row of(double[] values) {
    int p = values.length;
    double[] z = probits.of(values);
    float[] standardised = new float[p];
    for (int k = 0; k < p; k++) {
      standardised[k] = (float) ((values[k] - mean[k]) / scale[k]);
    }
    double[] smooth = responses.values(new double[][] {values})[0];
    double[] levels = probits.levels(values);
    float[] all = new float[smooth.length + p];
    for (int k = 0; k < all.length; k++) {
      all[k] = (float) (k < smooth.length ? smooth[k] : levels[k - smooth.length]);
    }
    return new Row(floats(z), probits.choices(values), standardised, all);
  }

  private static float[] floats(double[] x) {
    float[] result = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = (float) x[i];
    }
    return result;
  }

  static Targets of(Preset preset, List<double[]> labels) {
    int p = preset.names().size();
    double[] mean = new double[p];
    double[] scale = new double[p];
    for (double[] row : labels) {
      for (int k = 0; k < p; k++) {
        mean[k] += row[k] / labels.size();
      }
    }
    for (double[] row : labels) {
      for (int k = 0; k < p; k++) {
        scale[k] += (row[k] - mean[k]) * (row[k] - mean[k]) / labels.size();
      }
    }
    for (int k = 0; k < p; k++) {
      scale[k] = scale[k] > 0 ? Math.sqrt(scale[k]) : 1;
    }
    return new Targets(
        new Probits(preset), Responses.of(labels.toArray(double[][]::new)), mean, scale);
  }
}
