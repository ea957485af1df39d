package dev.hahn.cli;

import dev.hahn.data.AtomicFile;
import dev.hahn.data.Curves;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.data.SoleMaker;
import dev.hahn.data.TextFiles;
import dev.hahn.report.EchoMapFigure;
import dev.hahn.report.StatisticsFigure;
import dev.hahn.report.SweptAxis;
import dev.hahn.report.Text;
import dev.hahn.sim.EchoCurve;
import dev.hahn.sim.EchoSpectrum;
import dev.hahn.sim.EchoStatistics;
import dev.hahn.spin.PulseSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one or two parameters through their values and shows what becomes of the echo. */
@Command(
    name = "sweep",
    description = {
      "Sweep one or two parameters of an experiment: curves, an echo map and echo statistics.",
      "The first --vary runs along the maps, the second makes one panel a value.",
      "Other parameters keep the mean of their prior (a choice its first, which is 0) unless",
      "--set; derived ones follow. Statistics and the spectrum's shift and first moment are",
      "read off the last three quarters of the time after the last pulse (and after a gap in",
      "what is acquired, if there is one); where |M| has not fallen to half at an end of that",
      "window, widths count up to there. A spin of frequency nu shows in the spectrum at",
      "nu0 - nu: M(t) turns backwards where nu is above nu0."
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hahn sweep --preset challenge-2020 --vary alpha=0:0.2:41 --set p=3 --seeds 4 --out"
          + " by-alpha",
      "  hahn sweep --preset paper-figure-2 --vary theta=5:175:69 --vary a=0:0.1:5 --out figure-2",
      "  hahn sweep --preset my.yaml --vary xi=1:50:30:log --out by-xi",
      ""
    })
final class SweepCommand extends FolderCommand {
  /** For a peak between two others. */
  private static final int LEAST_SAMPLES = 3;

  /** Panels of a picture at most: 190 MB of pixels in memory. */
  private static final int MOST_PANELS = 99;

  @Mixin Options.Experiment experiment;

  @Option(
      names = "--vary",
      required = true,
      paramLabel = "NAME=LOW:HIGH:COUNT[:log]",
      converter = Sweep.Converter.class,
      description = "A parameter and its values, linear or logarithmic; once or twice.")
  List<Sweep> sweeps;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "The value of another parameter; a choice by its name.")
  Map<String, String> fixed = new LinkedHashMap<>();

  @Option(
      names = "--seeds",
      defaultValue = "1",
      paramLabel = "K",
      description = "Average M over K draws of the spins' frequencies. Default: 1.")
  int seeds;

  @Mixin Options.Seed seed;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write.")
  Path out;

  @Mixin Options.Threads threads;

  @SuppressWarnings("NullAway.Init") // picocli fills in the required options
  SweepCommand() {}

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (sweeps.size() > 2 || seeds < 1) {
      throw usage(
          "expected --vary once or twice and --seeds >= 1, found "
              + sweeps.size()
              + " and "
              + seeds);
    }
    requireOnce("--set");
    for (Sweep sweep : sweeps) {
      if (fixed.containsKey(sweep.name())) {
        throw usage("--set: expected a parameter that is not varied, found " + sweep.name());
      }
    }
    try (SoleMaker _ = alone(out)) {
      return sweep();
    }
  }

  private int sweep() throws InterruptedException, IOException {
    Preset preset = experiment.preset();
    int samples = preset.times().length;
    if (samples < LEAST_SAMPLES) {
      throw usage(
          "--preset: expected an experiment of at least %d samples, of which an echo is read, found %d"
              .formatted(LEAST_SAMPLES, samples));
    }
    double[][] points = points(preset);
    long drawn = (long) points.length * seeds;
    if (drawn > Integer.MAX_VALUE) {
      throw usage(
          "expected at most %d curves, found %d points of --vary times --seeds %d"
              .formatted(Integer.MAX_VALUE, points.length, seeds));
    }
    Curves curves = simulate(preset, points);
    write(preset, points, curves);
    say(
        "wrote %s, echo-map.png and statistics.png to %s"
            .formatted(Text.curves(points.length), out));
    int together = samples - stretchStart(preset.experiment(points[0]).sequence(), preset.times());
    if (together < LEAST_SAMPLES) {
      say(
          "note: the last pulse, or gap, is followed by fewer than %d samples: the statistics are of the last %d all the same, which tell nothing of an echo"
              .formatted(LEAST_SAMPLES, LEAST_SAMPLES));
    }
    if (shown().length < outer().length) {
      say(
          "note: echo-map.png and statistics.png show %d of the %,d values of %s, the files hold all; to see others, sweep a part of them"
              .formatted(shown().length, outer().length, sweeps.getLast().name()));
    }
    return Hahn.OK;
  }

  /** Parameter values of each curve; the first sweep runs fastest. */
  private double[][] points(Preset preset) {
    double[] base = point(preset, "--set", fixed);
    int first = place(preset, "--vary", sweeps.getFirst().name());
    int second = place(preset, "--vary", sweeps.getLast().name());
    if (sweeps.size() == 2 && first == second) {
      throw usage(
          "--vary: expected two different parameters, found "
              + sweeps.getFirst().name()
              + " twice");
    }
    List<double[]> points = new ArrayList<>();
    for (double outer : outer()) {
      for (double inner : sweeps.getFirst().values()) {
        double[] point = base.clone();
        point[first] = inner;
        if (sweeps.size() == 2) {
          point[second] = outer;
        }
        points.add(preset.withDerived(point));
      }
    }
    return points.toArray(double[][]::new);
  }

  private double[] outer() {
    return sweeps.size() == 2 ? sweeps.getLast().values() : new double[] {0};
  }

  /** The values of the second sweep that pictures show: all, or evenly chosen ones. */
  private int[] shown() {
    int panels = outer().length;
    int most = Math.min(panels, MOST_PANELS);
    return IntStream.range(0, most)
        .map(i -> most == 1 ? 0 : Math.toIntExact((long) i * (panels - 1) / (most - 1)))
        .toArray();
  }

  private Curves simulate(Preset preset, double[][] points) throws InterruptedException {
    double[][] labels = new double[points.length * seeds][];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = points[i / seeds];
    }
    Curves all;
    try (ProgressReport progress = progress("sweep", "curves")) {
      all =
          Generator.simulate(
                  DatasetSpec.labelled(preset, labels, seed.value), threads.count, progress)
              .curves();
    }
    double[][] real = new double[points.length][all.samples()];
    double[][] imag = new double[points.length][all.samples()];
    for (int i = 0; i < labels.length; i++) {
      for (int k = 0; k < all.samples(); k++) {
        real[i / seeds][k] += all.real()[i][k] / seeds;
        imag[i / seeds][k] += all.imag()[i][k] / seeds;
      }
    }
    return new Curves(real, imag);
  }

  private void write(Preset preset, double[][] points, Curves curves) throws IOException {
    double[] times = preset.times();
    double[] microseconds = times.clone();
    for (int k = 0; k < microseconds.length; k++) {
      microseconds[k] /= 2 * Math.PI; // gamma = 2 pi 1e6 1/s
    }
    PulseSequence sequence = preset.experiment(points[0]).sequence();
    int from = windowStart(sequence, times);
    double dt = sequence.dt();
    int rows = sweeps.getFirst().values().length;
    List<EchoStatistics> statistics = new ArrayList<>();
    StringBuilder csv = new StringBuilder(header(preset));
    for (int i = 0; i < points.length; i++) {
      double[] re = curves.real()[i];
      EchoCurve curve = new EchoCurve(re, curves.imag()[i], new double[re.length]);
      statistics.add(EchoStatistics.of(curve, microseconds, from, re.length));
      EchoSpectrum spectrum =
          EchoSpectrum.of(curve, dt, from, re.length, EchoSpectrum.Window.HANN, 4);
      csv.append(record(points[i], statistics.getLast(), spectrum));
    }
    Files.createDirectories(out);
    TextFiles.writeRows(out.resolve("echos_r.txt"), curves.real());
    TextFiles.writeRows(out.resolve("echos_i.txt"), curves.imag());
    TextFiles.writeRows(out.resolve("parameters.txt"), points);
    AtomicFile.write(out.resolve("statistics.csv"), path -> Files.writeString(path, csv));
    SweptAxis axis = axis(preset, sweeps.getFirst());
    List<String> all = titles(preset);
    List<String> titles = new ArrayList<>();
    List<double[][]> maps = new ArrayList<>();
    List<List<EchoStatistics>> lines = new ArrayList<>();
    for (int panel : shown()) {
      titles.add(all.get(panel));
      maps.add(map(curves, panel * rows, rows));
      lines.add(statistics.subList(panel * rows, (panel + 1) * rows));
    }
    finish(
        out,
        EchoMapFigure.of(axis, titles, maps, microseconds),
        StatisticsFigure.of(axis, titles, lines));
  }

  /** |M| of some of the curves. */
  private static double[][] map(Curves curves, int from, int rows) {
    double[][] map = new double[rows][curves.samples()];
    for (int row = 0; row < rows; row++) {
      double[] re = curves.real()[from + row];
      double[] im = curves.imag()[from + row];
      Arrays.setAll(map[row], k -> Math.hypot(re[k], im[k]));
    }
    return map;
  }

  /** Of the panels. */
  private List<String> titles(Preset preset) {
    if (sweeps.size() < 2) {
      return List.of(preset.id());
    }
    Sweep outer = sweeps.getLast();
    SweptAxis axis = axis(preset, outer);
    String unit = axis.parameter().unit().equals("1") ? "" : " " + axis.parameter().unit();
    return axis.names().stream().map(name -> outer.name() + " = " + name + unit).toList();
  }

  private SweptAxis axis(Preset preset, Sweep sweep) {
    Parameter parameter = preset.parameters().get(place(preset, "--vary", sweep.name()));
    return new SweptAxis(parameter, sweep.values(), sweep.log());
  }

  /**
   * The first sample of the last three quarters of what is acquired after the last pulse, without a
   * gap: a spectrum is of evenly spaced samples.
   */
  private static int windowStart(PulseSequence sequence, double[] times) {
    int start = stretchStart(sequence, times);
    int from = start + (times.length - start) / 4;
    return Math.min(from, times.length - LEAST_SAMPLES);
  }

  /** The first sample of those that follow the last pulse, and each other, without a gap. */
  private static int stretchStart(PulseSequence sequence, double[] times) {
    int samples = 0;
    int afterPulse = 0;
    for (PulseSequence.Event event : sequence.events()) {
      switch (event) {
        case PulseSequence.Pulse _ -> afterPulse = samples;
        case PulseSequence.Delay delay -> samples += delay.samples();
      }
    }
    int start = samples - 1;
    while (start > afterPulse && isStep(times[start] - times[start - 1], sequence.dt())) {
      start--;
    }
    return start;
  }

  private static boolean isStep(double time, double dt) {
    return Math.abs(time - dt) < 0.5 * dt;
  }

  private static String header(Preset preset) {
    return String.join(",", preset.parameters().stream().map(Parameter::name).toList())
        + ",peak,time_us,width_us,asymmetry,shift_MHz,first_moment_MHz,dips_us\n";
  }

  /**
   * A line of statistics.csv. An angular frequency in units of gamma = 2 pi 1e6 1/s is a frequency
   * in MHz.
   */
  private static String record(double[] point, EchoStatistics s, EchoSpectrum spectrum) {
    StringBuilder line = new StringBuilder();
    for (double value : point) {
      line.append(value).append(',');
    }
    List<String> dips = s.dips().stream().map(d -> String.format(Locale.ROOT, "%.4f", d)).toList();
    return line.append(
            String.format(
                Locale.ROOT,
                "%.6f,%.4f,%.4f,%.4f,%.6f,%.6f,%s%n",
                s.peak(),
                s.time(),
                s.width(),
                s.asymmetry(),
                spectrum.shift(),
                spectrum.firstMoment(),
                String.join(" ", dips)))
        .toString();
  }
}
