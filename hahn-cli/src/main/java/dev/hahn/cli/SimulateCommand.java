package dev.hahn.cli;

import dev.hahn.data.Dataset;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Engine;
import dev.hahn.data.Generator;
import dev.hahn.data.Preset;
import dev.hahn.data.Provenance;
import dev.hahn.data.TextFiles;
import dev.hahn.data.TextGenerator;
import dev.hahn.report.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Simulates echoes into a data set. */
@Command(
    name = "simulate",
    description = "Simulate the echoes of an experiment into a data set.",
    footerHeading = "Examples:%n",
    footer = {
      "  hahn simulate --preset challenge-2020 --count 10000 --seed 1 --out train",
      "  hahn simulate --preset challenge-2020 --labels mat_info.txt --out train",
      "  hahn simulate --preset my.yaml --count 1000 --out mine --format text",
      "  hahn simulate --preset challenge-2020 --count 10000 --seed 1 --out train --resume",
      "  hahn simulate --preset challenge-2020 --count 1000000 --out many --engine spark",
      ""
    })
final class SimulateCommand extends HahnCommand {
  /** How the data set is stored. */
  enum Format {
    hdf5,
    text
  }

  /** Where the parameters come from. */
  static final class Labels {
    @Option(names = "--count", paramLabel = "N", description = "Draw N curves from the prior.")
    long count;

    @Option(
        names = "--labels",
        paramLabel = "FILE",
        description = "Simulate the parameters in a text file, one row a curve.")
    @Nullable Path file;
  }

  /** What happens if the folder is there already. */
  static final class Existing {
    @Option(names = "--resume", description = "Finish an interrupted simulation.")
    boolean resume;

    @Option(names = "--force", description = "Replace the data set that is there.")
    boolean force;
  }

  @Mixin Options.Experiment experiment;

  @ArgGroup(multiplicity = "1")
  Labels labels;

  @Mixin Options.Seed seed;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder to write; with --engine spark also hdfs://, s3a:// and so on.")
  String out;

  @Option(
      names = "--format",
      defaultValue = "hdf5",
      paramLabel = "hdf5|text",
      description = "HDF5 shards, or the challenge's text files. Default: hdf5.")
  Format format;

  @Mixin Options.Threads threads;

  @Option(
      names = "--engine",
      defaultValue = "local",
      paramLabel = "local|spark",
      description = "This machine, or Apache Spark: the data are the same. Default: local.")
  String engine;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "The Spark cluster, for example spark://HOST:7077. Default: this machine.")
  @Nullable String master;

  @ArgGroup Existing existing = new Existing();

  @SuppressWarnings("NullAway.Init") // picocli fills in the required options
  SimulateCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    if (labels.file == null && labels.count < 1) {
      throw usage("--count: expected at least 1 curve, found " + labels.count);
    }
    Engine chosen = engine();
    Optional<Path> folder = Engine.localFolder(out);
    if (!existing.resume && folder.isPresent()) {
      requireFreeFolder(
          folder.get(),
          existing.force,
          "choose another, finish it with --resume, or replace it with --force");
    }
    DatasetSpec spec = spec(experiment.preset());
    boolean replaces = existing.force && folder.filter(Files::exists).isPresent();
    hahn.afterInterrupt.set(
        "complete shards are kept; run the same command with --resume to finish");
    try {
      generate(spec, chosen);
    } catch (InterruptedException | RuntimeException e) {
      if (folder.isPresent() && !isBegun(folder.get())) {
        hahn.afterInterrupt.set(
            replaces && !Files.exists(folder.get())
                ? "the data set that was there is gone, and nothing of the new one was kept"
                : "nothing was written");
      }
      throw e;
    }
    say("wrote %s to %s".formatted(Text.curves(spec.count()), out));
    return Hahn.OK;
  }

  /** Whether something is kept to resume: what is stopped before the first shard is undone. */
  private static boolean isBegun(Path folder) {
    return Files.exists(folder.resolve(Dataset.JSON))
        || Files.exists(TextGenerator.unfinished(folder));
  }

  private DatasetSpec spec(Preset named) {
    return labels.file == null
        ? DatasetSpec.drawn(named, labels.count, seed.value)
        : DatasetSpec.labelled(named, TextFiles.readLabels(labels.file, named), seed.value);
  }

  private Engine engine() {
    if (!engine.equals("spark") && master != null) {
      throw usage("--master: expected --engine spark beside it, found --engine " + engine);
    }
    if (!engine.equals("local") && format == Format.text) {
      throw usage("--format text: expected --engine local beside it, found --engine " + engine);
    }
    return Engine.named(engine)
        .orElseThrow(
            () ->
                usage(
                    engine.equals("spark")
                        ? "--engine spark: the module for Spark is not there; build it once, with"
                            + " Spark itself (220 MB), by\n"
                            + "  mvn -pl hahn-spark -am package -Dmaven.test.skip=true"
                        : "--engine: expected local or spark, found " + engine));
  }

  private void generate(DatasetSpec spec, Engine chosen) throws InterruptedException {
    Generator.Existing mode =
        existing.resume
            ? Generator.Existing.RESUME
            : existing.force ? Generator.Existing.REPLACE : Generator.Existing.REFUSE;
    Provenance provenance = Provenance.now(commandLine());
    try (ProgressReport progress = progress("simulate", "curves")) {
      switch (format) {
        case hdf5 ->
            chosen.generate(
                new Engine.Job(spec, out, mode, threads.count, master, provenance), progress);
        case text ->
            TextGenerator.generate(spec, Path.of(out), mode, threads.count, provenance, progress);
      }
    }
  }
}
