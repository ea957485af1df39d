package dev.hahn.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.hahn.Progress;
import dev.hahn.data.AtomicFile;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Measurement;
import dev.hahn.learn.Torch;
import dev.hahn.math.RandomStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns curves into the rows that a network learns from: each curve is measured, once or several
 * times over, and brought into components.
 *
 * @param components of the measured curves
 * @param meanField what is seen of the curves' mean-field analyses; null without
 * @param analyses those of the source; null without
 * @param targets of the parameters
 * @param proposal where the curves lie
 * @param measurement how the curves are measured: noise that must go in before a magnitude is taken
 *     is drawn here, else it is added by the training, anew in each epoch
 * @param rounding of the curves; none before a magnitude
 * @param mirror whether every second copy is to be mirrored, see {@link
 *     dev.hahn.sim.Experiment#isMirrorSymmetric}
 * @param seed of what is drawn
 */
record RowWriter(
    Components components,
    @Nullable AnalysisInputs meanField,
    @Nullable AnalysisTable analyses,
    Targets targets,
    Proposal proposal,
    Measurement measurement,
    Rounding rounding,
    boolean mirror,
    long seed) {
  /** Rows a matrix product is made of. */
  private static final int BATCH = 1000;

  RowFormat format() {
    return RowFormat.of(components, meanField, targets);
  }

  /** Times that each curve is measured: scale, phase and magnitude are fixed in a row. */
  int copies() {
    return measurement.isExact() ? (mirror ? 2 : 1) : 4;
  }

  /**
   * Writes the rows of curves {@code start} (included) to {@code end} (excluded) of a source, whole
   * or not at all.
   */
  TrainingRows write(CurveSource source, long start, long end, Path file, Progress progress) {
    RowFormat format = format();
    long count = end - start;
    AtomicFile.write(
        file,
        path -> {
          try (NDManager manager = Torch.manager();
              FileChannel channel =
                  FileChannel.open(
                      path,
                      StandardOpenOption.CREATE,
                      StandardOpenOption.WRITE,
                      StandardOpenOption.TRUNCATE_EXISTING)) {
            Projection projection = Projection.of(components, manager);
            long total = count * copies();
            long done = 0;
            for (int copy = 0; copy < copies(); copy++) {
              long first = 0;
              for (int k = 0; k < source.parts() && first < end; k++) {
                long next = Math.min(source.rows(), first + source.partRows());
                if (next > start) {
                  LabelledCurves part = source.part().apply(k);
                  double[][] analysed = analyses == null ? new double[0][] : analyses.part(k);
                  int to = (int) (Math.min(next, end) - first);
                  for (int from = (int) Math.max(0, start - first); from < to; from += BATCH) {
                    int until = Math.min(to, from + BATCH);
                    double[][] some =
                        analyses == null ? analysed : Arrays.copyOfRange(analysed, from, until);
                    Rows rows = new Rows(part.part(from, until), some, first + from);
                    write(rows, copy, copy * source.rows(), projection, manager, channel);
                    done += until - from;
                    progress.update(done, total);
                  }
                }
                first = next;
              }
            }
          }
        });
    return new TrainingRows(file, format.columns(), count * copies());
  }

  /**
   * Curves to be written.
   *
   * @param analyses numbers of each; empty without
   * @param first place in the source
   */
  private record Rows(LabelledCurves curves, double[][] analyses, long first) {}

  private void write(
      Rows rows,
      int copy,
      long firstStream,
      Projection projection,
      NDManager manager,
      FileChannel channel)
      throws IOException {
    LabelledCurves curves = rows.curves;
    NoiseLevels noise = NoiseLevels.upTo(measurement.noise());
    int n = curves.rows();
    double[] x = new double[n * components.mean().length];
    double[] sigma = new double[n];
    for (int i = 0; i < n; i++) {
      long index = rows.first + i;
      RandomStream random = new RandomStream(seed, firstStream + index);
      double[] curve = curves.curves().joined(i);
      if (measurement.magnitude()) {
        sigma[i] = noise.draw(random);
      } else {
        sigma[i] = rounding.round(curve, index);
      }
      if (mirror && copy % 2 == 1) {
        for (int t = 0; t < curve.length / 2; t++) {
          curve[t] = -curve[t];
        }
      }
      if (!measurement.isExact()) {
        measurement.apply(curve, measurement.magnitude() ? sigma[i] : 0, random);
      }
      System.arraycopy(curve, 0, x, i * curve.length, curve.length);
    }
    RowFormat format = format();
    ByteBuffer bytes =
        ByteBuffer.allocate(n * format.columns() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer out = bytes.asFloatBuffer();
    try (NDManager scope = manager.newSubManager()) {
      Projection.Result result = projection.of(scope.create(x, new Shape(n, x.length / n)));
      for (int i = 0; i < n; i++) {
        out.put(result.white(), i * format.components(), format.components());
        out.put(result.outside()[i]).put((float) (sigma[i] * sigma[i]));
        if (meanField != null) {
          meanField.put(rows.analyses[i], out);
        }
        targets.put(curves.labels()[i], out);
        out.put((float) proposal.weight(curves.labels()[i]));
      }
    }
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Components in PyTorch, in double: single precision would round small ones away. */
  private record Projection(NDArray mean, NDArray basis, NDArray scale) {
    record Result(float[] white, float[] outside) {}

    static Projection of(Components components, NDManager manager) {
      int rows = components.mean().length;
      int columns = components.count();
      double[] flat = new double[rows * columns];
      for (int i = 0; i < rows; i++) {
        System.arraycopy(components.basis()[i], 0, flat, i * columns, columns);
      }
      double[] scale = components.variance().clone();
      for (int k = 0; k < columns; k++) {
        scale[k] = 1 / Math.sqrt(scale[k]);
      }
      return new Projection(
          manager.create(components.mean()),
          manager.create(flat, new Shape(rows, columns)),
          manager.create(scale));
    }

    Result of(NDArray curves) {
      NDArray centred = curves.sub(mean);
      NDArray inside = centred.matMul(basis);
      NDArray outside = squares(centred).sub(squares(inside)).maximum(0);
      return new Result(
          inside.mul(scale).toType(DataType.FLOAT32, false).toFloatArray(),
          outside.toType(DataType.FLOAT32, false).toFloatArray());
    }

    private static NDArray squares(NDArray x) {
      return x.square().sum(new int[] {1});
    }
  }
}
