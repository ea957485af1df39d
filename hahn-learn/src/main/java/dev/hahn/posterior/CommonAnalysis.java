package dev.hahn.posterior;

import dev.hahn.InputException;
import dev.hahn.learn.OnnxModel;
import dev.hahn.meanfield.EchoAnalysis;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What the analysis of all curves has in common, kept in the model's file: the first curve need not
 * wait until it is made.
 */
final class CommonAnalysis {
  /** Metadata: {@link EchoAnalysis#common}, float64, little-endian, in Base64. */
  static final String KEY = "hahn.analysis";

  private CommonAnalysis() {}

  /** A model with what the analysis that its network looks at asks for; the same if nothing. */
  static OnnxModel keep(OnnxModel model, Optional<EchoAnalysis> analysis) {
    double[] common = analysis.map(EchoAnalysis::common).orElse(new double[0]);
    if (common.length == 0) {
      return model;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(common.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(common);
    return model.with(KEY, Base64.getEncoder().encodeToString(bytes.array()));
  }

  /**
   * An analysis that knows what a model's file keeps of it.
   *
   * @param subject names the model in errors
   * @throws InputException if that is no Base64
   */
  static EchoAnalysis known(EchoAnalysis analysis, Map<String, String> metadata, String subject) {
    String kept = metadata.get(KEY);
    if (kept == null) {
      return analysis;
    }
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(Base64.getDecoder().decode(kept)).order(ByteOrder.LITTLE_ENDIAN);
      double[] common = new double[bytes.remaining() / Double.BYTES];
      bytes.asDoubleBuffer().get(common);
      return analysis.knowing(common);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "%s: expected numbers in Base64 as metadata %s, found other text; get an undamaged copy"
              .formatted(subject, KEY),
          e);
    }
  }
}
