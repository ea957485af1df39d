package dev.hahn.cli;

import dev.hahn.data.Preset;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that several commands share, each to be a {@link Mixin} of theirs. */
final class Options {
  private Options() {}

  /** The experiment to simulate. */
  static final class Experiment {
    @Option(
        names = "--preset",
        required = true,
        paramLabel = "ID|FILE.yaml",
        description = "A built-in experiment (see `hahn presets`) or a file.")
    String name;

    @SuppressWarnings("NullAway.Init") // picocli fills in the required option
    Experiment() {}

    Preset preset() {
      return Preset.named(name);
    }
  }

  /** The seed of the random numbers. */
  static final class Seed {
    @Option(
        names = "--seed",
        paramLabel = "S",
        defaultValue = "1",
        description =
            "Chooses the random numbers; the same seed gives the same result. Default: 1.")
    long value;
  }

  /** The number of threads that simulate, at least 1. */
  static final class Threads {
    int count = Runtime.getRuntime().availableProcessors();

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @SuppressWarnings("NullAway.Init") // picocli fills in command
    Threads() {}

    @Option(
        names = "--threads",
        paramLabel = "T",
        description = "Threads; the result does not depend on them. Default: all cores.")
    void set(int threads) {
      if (threads < 1) {
        throw new ParameterException(
            command.commandLine(), "--threads: expected at least 1, found " + threads);
      }
      count = threads;
    }
  }
}
