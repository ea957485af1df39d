package dev.hahn.cli;

import dev.hahn.data.InputFiles;
import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.data.SoleMaker;
import dev.hahn.report.Scoring;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;

/** What every command has: its output, its progress, and care for files that exist. */
abstract class HahnCommand implements Callable<Integer> {
  /** Curves that calibrate intervals to some points. */
  private static final int FEW = 2000;

  @ParentCommand Hahn hahn;

  @CommandLine.Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @SuppressWarnings("NullAway.Init") // picocli fills in hahn and spec
  HahnCommand() {}

  /** Where results go. */
  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Where messages go that are no results. */
  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** A message on stderr unless --quiet. */
  void say(String text) {
    if (!hahn.quiet) {
      err().println(text);
      err().flush();
    }
  }

  /** A display of progress; close it when the work is done. */
  ProgressReport progress(String task, String unit) {
    ProgressReport.Style style =
        hahn.quiet
            ? ProgressReport.Style.NONE
            : Boolean.getBoolean("hahn.terminal.err")
                ? ProgressReport.Style.BAR
                : ProgressReport.Style.LINES;
    return new ProgressReport(err(), style, task, unit);
  }

  /** Ends a command whose work went on to its end although the user interrupted it. */
  static void requireNotInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** The command as the user typed it, for provenance. */
  String commandLine() {
    return "hahn " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
  }

  /** The command line asks for something that cannot be: exit code 2. */
  ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Says what a posterior's intervals are worth that few curves have calibrated. */
  void tellIfFew(long calibrating) {
    if (calibrating < FEW) {
      say(
          "note: calibrated by %,d curves only: intervals may be off by %.0f points, and more or fewer than 5 %% of good curves be called unlike; 10,000 make it two points"
              .formatted(calibrating, Math.ceil(200 / Math.sqrt((double) calibrating))));
    }
  }

  /** Says what single numbers are worth of a preset with choices. */
  void tellIfChoices(Preset preset, String model) {
    String note = Scoring.noteOnChoices(preset, model);
    if (!note.isEmpty()) {
      say("note: " + note);
    }
  }

  /** Whether the user gave an option, be it its default. */
  boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** Refuses NAME=VALUE, or several with commas, that name a parameter twice: one would count. */
  void requireOnce(String option) {
    List<String> given =
        isGiven(option)
            ? spec.commandLine().getParseResult().matchedOption(option).originalStringValues()
            : List.of();
    Set<String> names = new HashSet<>();
    for (String value : String.join(",", given).split(",", -1)) {
      String name = value.split("=", 2)[0];
      if (!names.add(name)) {
        throw usage(option + ": expected each parameter once, found " + name + " twice");
      }
    }
  }

  /**
   * Typical values of all parameters, but for those that are given by NAME=VALUE; derived ones are
   * still to follow.
   */
  double[] point(Preset preset, String option, Map<String, String> given) {
    double[] point = preset.parameters().stream().mapToDouble(Parameter::typical).toArray();
    given.forEach(
        (name, value) -> {
          int place = place(preset, option, name);
          point[place] = value(option, preset.parameters().get(place), value);
        });
    return point;
  }

  /** The place of a parameter that may be chosen freely. */
  int place(Preset preset, String option, String name) {
    int place = preset.names().indexOf(name);
    if (place < 0) {
      throw usage(
          "%s: expected one of the parameters %s of %s, found %s"
              .formatted(option, String.join(", ", preset.names()), preset.id(), name));
    }
    if (preset.isDerived(place)) {
      throw usage(
          "%s: %s is %s; expected parameters that do not follow from others"
              .formatted(option, name, preset.parameters().get(place).prior().text()));
    }
    return place;
  }

  /** The value that NAME=VALUE gives a parameter: a number, or the name of a choice. */
  double value(String option, Parameter parameter, String text) {
    int choice = parameter.choices().indexOf(text);
    if (choice >= 0) {
      return choice;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      String expected =
          parameter.choices().isEmpty()
              ? "a number"
              : "one of " + String.join(", ", parameter.choices());
      throw usage(
          "%s: expected %s for %s, found %s".formatted(option, expected, parameter.name(), text));
    }
  }

  /** Refuses a model file whose name would not tell that it is one. */
  void requireOnnx(Path file) {
    if (!file.toString().endsWith(".onnx")) {
      throw usage("--out: expected a name that ends with .onnx, found " + file);
    }
  }

  /** Refuses a standard deviation that no noise of a magnetization has. */
  void requireNoise(double sigma) {
    if (!(sigma >= 0 && sigma <= 1)) {
      throw usage("--noise: expected 0 to 1, in units of M, found " + sigma);
    }
  }

  /** Refuses an output file that exists, unless forced, or that has no folder to lie in. */
  void requireFree(Path file, boolean force) {
    if (Files.isDirectory(file)) {
      throw usage(file + ": expected the name of a file to write, found a folder");
    }
    if (Files.exists(file) && !force) {
      throw usage(file + " exists already; choose another name or replace it with --force");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !folder.equals(there(file, folder))) {
      throw usage(file + ": the folder " + folder + " does not exist; make it first");
    }
    requireWritable(file, folder); // a file is replaced, not written into
  }

  /**
   * Refuses an output folder that holds something, unless forced.
   *
   * @param remedy what the user can do
   */
  void requireFreeFolder(Path folder, boolean force, String remedy) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw usage(folder + ": expected a folder to write into, found a file");
    }
    if (Files.exists(folder) && !force && !isEmpty(folder)) {
      throw usage("the folder " + folder + " exists already; " + remedy);
    }
    requireWritable(folder, there(folder, folder.toAbsolutePath()));
  }

  /** As {@link #requireFreeFolder}, and keeps others from filling it until this is closed. */
  SoleMaker alone(Path folder, boolean force, String remedy) {
    SoleMaker sole = SoleMaker.of(folder);
    try {
      requireFreeFolder(folder, force, remedy);
      return sole;
    } catch (RuntimeException e) {
      sole.close();
      throw e;
    }
  }

  /** Of a folder and those that it lies in the first that is there; refuses a file among them. */
  private @Nullable Path there(Path result, Path folder) {
    Path there = folder;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there != null && !Files.isDirectory(there)) {
      throw usage(
          result
              + ": expected a place in a folder, found the file "
              + there
              + "; choose another place");
    }
    return there;
  }

  /** Says before the work that its results could not be written into a folder that is there. */
  private static void requireWritable(Path result, @Nullable Path folder) {
    if (folder != null && !Files.isWritable(folder)) {
      throw InputFiles.unwritable(result, new AccessDeniedException(folder.toString()));
    }
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
