package dev.hahn.posterior;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.hahn.data.Dataset;
import dev.hahn.data.Shard;
import dev.hahn.learn.DenseProducts;
import dev.hahn.learn.Torch;
import dev.hahn.math.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** Prototype. */
public final class PosteriorTraining {
  static int BATCH = Integer.getInteger("p.batch", 512);

  public static void main(String[] args) throws Exception {
    Dataset data = openU(args[0]);
    int shards = Integer.parseInt(args[1]);
    int epochs = Integer.parseInt(args[2]);
    Dataset test = openU(args[3]);
    int testShards = Integer.parseInt(args[4]);
    int most = Integer.getInteger("p.components", 640);
    int width = Integer.getInteger("p.width", 512);
    int blocks = Integer.getInteger("p.blocks", 3);
    double noiseFree = Double.parseDouble(System.getProperty("p.free", "0.5"));
    float lr = Float.parseFloat(System.getProperty("p.lr", "1e-3"));
    float decay = Float.parseFloat(System.getProperty("p.decay", "0.02"));
    float lr0 = Float.parseFloat(System.getProperty("p.lresp", "0.3"));
    long seed = 1;
    long t0 = System.nanoTime();

    // components
    final int dims;
    List<double[]> labels = new ArrayList<>();
    double[] mean = null;
    double[][] cov = null;
    int used = Math.min(shards, 24);
    List<double[]> all = new ArrayList<>();
    for (int s = 0; s < used; s++) {
      Shard shard = data.stored(s);
      for (int r = 0; r < shard.rows(); r++) {
        labels.add(shard.labels()[r]);
        float[] e = shard.echo()[r];
        double[] x = new double[e.length];
        for (int i = 0; i < x.length; i++) x[i] = e[i];
        all.add(x);
      }
    }
    dims = all.get(0).length;
    mean = new double[dims];
    for (double[] x : all) for (int i = 0; i < dims; i++) mean[i] += x[i] / all.size();
    for (double[] x : all) for (int i = 0; i < dims; i++) x[i] -= mean[i];
    cov = DenseProducts.gram(all.toArray(double[][]::new));
    for (double[] row : cov) for (int i = 0; i < dims; i++) row[i] /= all.size();
    Components components = Components.of(mean, cov, most);
    System.out.printf("components %d: first %.3g, 100 %.3g, 200 %.3g, 300 %.3g, 400 %.3g last %.3g  %.1f s%n", components.count(), components.variance()[0], components.variance()[Math.min(100,components.count()-1)], components.variance()[Math.min(200,components.count()-1)], components.variance()[Math.min(300,components.count()-1)], components.variance()[Math.min(400,components.count()-1)],
        components.variance()[components.count() - 1], (System.nanoTime() - t0) / 1e9);
    all.clear();
    Targets targets = Targets.of(data.preset(), labels);
    Architecture arch =
        new Architecture(components.count() + 1, data.preset().names().size(), width, blocks, 6,
            targets.probits().continuous().size(), targets.probits().choiceCounts());
    // response variances for reporting
    int J = components.count(), P = data.preset().names().size(), D = targets.probits().continuous().size(), R = arch.responses();
    int columns = J + 1 + D + P + R;
    java.nio.file.Path file = java.nio.file.Path.of(System.getProperty("p.file", "/tmp/w/rows.f32"));
    long rows = 0;
    try (NDManager manager = Torch.manager()) {
      if (!Boolean.getBoolean("p.reuse")) write(manager, data, 0, shards, components, targets, columns, file);
      write(manager, test, FIRST, testShards, components, targets, columns, java.nio.file.Path.of(file + ".test"));
      System.out.printf("projected %.1f s%n", (System.nanoTime() - t0) / 1e9);
      for (int s = 0; s < shards; s++) rows += data.spec().rows(s);
      List<NDArray> parameters = initial(arch, manager, seed);
      Adam adam = new Adam(parameters, decay, manager);
      float[] var = new float[J];
      for (int k = 0; k < J; k++) var[k] = (float) components.variance()[k];
      NDArray variance = manager.create(var, new Shape(1, J));
      int outside = dims - J;
      MixtureLoss loss = new MixtureLoss(arch);
      TrainingRows stream = new TrainingRows(file, columns, rows);
      long stepsPerEpoch = rows / BATCH;
      long total = stepsPerEpoch * epochs;
      for (int epoch = 0; epoch < epochs; epoch++) {
        Engine.getEngine(Torch.ENGINE).setRandomSeed((int) (seed * 10007 + epoch));
        double[] sums = new double[4];
        long[] count = {0};
        long start = System.nanoTime();
        TrainingRows.Times times =
            stream.epoch(seed, epoch, block -> {
              for (int from = 0; from + BATCH <= block.order().length; from += BATCH) {
                float progress = (float) adam.steps() / total;
                float rate = (float) (lr * (0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)))) + 1e-6f);
                if (adam.steps() < 500) rate *= (adam.steps() + 1) / 500f;
                try (NDManager scope = manager.newSubManager()) {
                  float[] x = new float[BATCH * columns];
                  for (int i = 0; i < BATCH; i++) System.arraycopy(block.values(), block.order()[from + i] * columns, x, i * columns, columns);
                  NDArray all2 = scope.create(x, new Shape(BATCH, columns));
                  NDArray u = scope.randomUniform(0, 1, new Shape(BATCH, 1));
                  NDArray sigma = u.sub((float) noiseFree).mul((float) (4.3 / (1 - noiseFree) * Math.log(10))).exp().mul(1e-6f).mul(u.gt((float) noiseFree).toType(DataType.FLOAT32, false));
                  NDArray pick = scope.randomUniform(0, 1, new Shape(BATCH, 1)).gt(0.5f).toType(DataType.FLOAT32, false);
                  NDArray inputs = inputs(scope, all2, J, variance, sigma, pick, outside);
                  try (GradientCollector tape = Torch.tape()) {
                    NDArray[] l = losses(arch, parameters, loss, inputs, all2, J, D, P, R);
                    NDArray nll = l[0].mean(), resp = l[1].mean(), mse = l[2].sum(new int[] {1}).mean();
                    tape.backward(nll.add(resp.mul(lr0)).add(mse));
                    if (count[0] % 10 == 0) { sums[0] += nll.getFloat(); sums[1] += resp.getFloat(); sums[2] += mse.getFloat(); sums[3]++; }
                  }
                  adam.step(rate, scope);
                  count[0]++;
                }
              }
            });
        System.out.printf("epoch %d nll %.4f resp %.3f mse %.4f  %.1f s waited %.2f  ", epoch, sums[0] / sums[3], sums[1] / sums[3], sums[2] / sums[3],
            (System.nanoTime() - start) / 1e9, times.waited() / 1e9);
        if (epoch == epochs - 1 || epoch % 2 == 0) {
          for (double s : epoch == epochs - 1 ? new double[] {0, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2} : new double[] {0, 1e-3}) {
            evaluate(manager, arch, adam.averages(), loss, new TrainingRows(java.nio.file.Path.of(file + ".test"), columns, testShards * 1000L), J, D, P, R, variance, (float) s, outside);
          }
        }
        System.out.println();
      }
    }
    System.out.printf("total %.0f s%n", (System.nanoTime() - t0) / 1e9);
  }

  static NDArray[] losses(Architecture arch, List<NDArray> parameters, MixtureLoss loss, NDArray inputs, NDArray rows, int J, int D, int P, int R) {
    Architecture.Outputs<NDArray> out = arch.run(new TorchTensors(parameters), inputs);
    int at = J + 1;
    NDArray probits = rows.get(":, {}:{}", at, at + D); at += D;
    NDArray st = rows.get(":, {}:{}", at, at + P); at += P;
    NDArray re = rows.get(":, {}:{}", at, at + R);
    return new NDArray[] {loss.mixture(out.mixture(), probits, probits), MixtureLoss.normal(out.responses(), out.logVariances(), re).sum(new int[] {1}), out.mean().sub(st).square()};
  }

  static NDArray inputs(NDManager scope, NDArray rows, int J, NDArray v, NDArray sigma, NDArray pick, int outside) {
    long n = sigma.getShape().get(0);
    NDArray white = rows.get(":, 0:{}", J);
    NDArray rest = rows.get(":, {}:{}", J, J + 1);
    NDArray s2 = sigma.square();
    NDArray used = s2;
    if (outside > 0) {
      NDArray chi = scope.randomNormal(new Shape(n, 1)).mul((float) Math.sqrt(2.0 / outside)).add(1).maximum(0);
      NDArray est = s2.mul(chi).add(rest.div(outside));
      used = est.mul(pick).add(s2.mul(pick.neg().add(1)));
    }
    used = used.maximum((float) Components.ROUNDING);
    NDArray denominator = v.add(used);
    NDArray noise = scope.randomNormal(new Shape(n, J));
    NDArray x = white.mul(v.div(denominator)).add(noise.mul(sigma).mul(v.sqrt().div(denominator)));
    NDArray level = used.log10().mul(0.5f).add(4.5f).div(3);
    return x.concat(level, 1);
  }

  static void write(NDManager manager, Dataset data, int first, int shards, Components components, Targets targets, int columns, java.nio.file.Path file) throws Exception {
    int dims = components.mean().length, J = components.count();
    float[] inv = new float[J];
    double[] d = new double[J];
    for (int k = 0; k < J; k++) d[k] = 1 / Math.sqrt(components.variance()[k]);
    NDArray basis = manager.create(flat(components.basis()), new Shape(dims, J));
    NDArray center = manager.create(components.mean());
    NDArray scale = manager.create(d);
    try (var channel = java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE, java.nio.file.StandardOpenOption.TRUNCATE_EXISTING)) {
      for (int s = first; s < first + shards; s++) {
        Shard shard = data.stored(s);
        int n = shard.rows();
        float[] x = new float[n * dims];
        for (int i = 0; i < n; i++) System.arraycopy(shard.echo()[i], 0, x, i * dims, dims);
        java.nio.ByteBuffer out = java.nio.ByteBuffer.allocate(n * columns * 4).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        try (NDManager scope = manager.newSubManager()) {
          NDArray c = scope.create(x, new Shape(n, dims)).toType(DataType.FLOAT64, false).sub(center);
          NDArray y = c.matMul(basis);
          double[] rest = c.square().sum(new int[] {1}).sub(y.square().sum(new int[] {1})).maximum(0).toDoubleArray();
          float[] white = y.mul(scale).toType(DataType.FLOAT32, false).toFloatArray();
          var f = out.asFloatBuffer();
          for (int i = 0; i < n; i++) {
            f.put(white, i * J, J).put((float) rest[i]);
            Targets.Row t = targets.of(shard.labels()[i]);
            f.put(t.probits()).put(t.standardised()).put(t.responses());
          }
        }
        while (out.hasRemaining()) channel.write(out);
      }
    }
  }

  static Dataset openU(String p) throws Exception {
    var m = Dataset.class.getDeclaredMethod("openUnfinished", java.nio.file.Path.class);
    m.setAccessible(true);
    return (Dataset) m.invoke(null, java.nio.file.Path.of(p));
  }

  static int FIRST = Integer.getInteger("p.first", 0);

  static void evaluate(NDManager manager, Architecture arch, List<NDArray> parameters, MixtureLoss loss, TrainingRows test, int J, int D, int P, int R, NDArray variance, float sigma, int outside) {
    double[] nll = {0};
    int[] n = {0};
    double[] err = new double[P];
    test.epoch(1, 0, block -> {
      for (int from = 0; from + 250 <= block.order().length; from += 250) {
        try (NDManager scope = manager.newSubManager()) {
          float[] x = new float[250 * test.columns()];
          for (int i = 0; i < 250; i++) System.arraycopy(block.values(), block.order()[from + i] * test.columns(), x, i * test.columns(), test.columns());
          NDArray rows = scope.create(x, new Shape(250, test.columns()));
          NDArray s = scope.zeros(new Shape(250, 1)).add(sigma);
          NDArray in = inputs(scope, rows, J, variance, s, scope.ones(new Shape(250, 1)), outside);
          NDArray[] l = losses(arch, detach(parameters, scope), loss, in, rows, J, D, P, R);
          nll[0] += l[0].sum().getFloat();
          float[] e = l[2].sum(new int[] {0}).toFloatArray();
          for (int k = 0; k < e.length; k++) err[k] += e[k];
          n[0] += 250;
        }
      }
    });
    StringBuilder b = new StringBuilder();
    double tot = 0;
    for (int k = 0; k < err.length; k++) {
      double v = err[k] / n[0] / 12 * 500;
      if (k != 1) tot += v;
      b.append(String.format(" %.3f", v));
    }
    System.out.printf(" | s=%.0e nll %.3f Err%s = %.2f", sigma, nll[0] / n[0], b, tot);
  }

  static List<NDArray> detach(List<NDArray> p, NDManager scope) {
    List<NDArray> r = new ArrayList<>();
    for (NDArray a : p) { NDArray d = a.stopGradient(); d.attach(scope); r.add(d); }
    return r;
  }

  static double[] flat(double[][] a) {
    double[] r = new double[a.length * a[0].length];
    for (int i = 0; i < a.length; i++) System.arraycopy(a[i], 0, r, i * a[0].length, a[0].length);
    return r;
  }

  static List<NDArray> initial(Architecture arch, NDManager manager, long seed) {
    RandomStream random = new RandomStream(seed, 0);
    List<NDArray> parameters = new ArrayList<>();
    for (Architecture.Layer layer : arch.layers()) {
      float[] w = new float[layer.in() * layer.out()];
      double bound = layer.gain() * Math.sqrt(3.0 / layer.in());
      for (int i = 0; i < w.length; i++) w[i] = (float) (bound * (2 * random.nextDouble() - 1));
      float[] b = new float[layer.out()];
      for (int i = 0; i < b.length; i++) b[i] = (float) (0.3 * (2 * random.nextDouble() - 1));
      parameters.add(manager.create(w, new Shape(layer.in(), layer.out())));
      parameters.add(manager.create(b));
    }
    parameters.forEach(p -> p.setRequiresGradient(true));
    return parameters;
  }
}
