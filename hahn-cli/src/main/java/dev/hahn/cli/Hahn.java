package dev.hahn.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The root of the command line and its exit codes. */
@Command(
    name = "hahn",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "From a nuclear spin echo to the interaction between the spins.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PresetsCommand.class,
      ModelsCommand.class,
      SimulateCommand.class,
      SweepCommand.class,
      LimitsCommand.class,
      TrainCommand.class,
      CalibrateCommand.class,
      PredictCommand.class,
      FitCommand.class,
      ScoreCommand.class,
      ReportCommand.class,
      DemoCommand.class
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hahn demo                  the 2020 challenge from start to end, with a report",
      "  hahn presets               the experiments that can be simulated",
      "  hahn simulate --preset challenge-2020 --count 1000 --seed 1 --out train",
      "  hahn train --data train --model hahn-10k --out model.onnx",
      "  hahn simulate --help       what one command takes",
      ""
    })
public final class Hahn implements Runnable {
  /** Everything went as asked. */
  static final int OK = 0;

  /** The work failed: disk full, no memory, a defect. */
  static final int FAILURE = 1;

  /** The command line cannot be carried out as written. */
  static final int USAGE = 2;

  /** A file that was handed over is missing, malformed or does not fit. */
  static final int UNREADABLE_INPUT = 3;

  /** Stopped by SIGINT or SIGTERM. */
  static final int INTERRUPTED = 130;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "No progress on stderr; results and errors only.")
  boolean quiet;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  boolean debug;

  /** What to tell a user who interrupts: whether anything is kept and how to go on. */
  final AtomicReference<String> afterInterrupt = new AtomicReference<>("nothing was written");

  /** Whether the process is ending, which fails what is at work in many ways. */
  volatile BooleanSupplier stopping = () -> false;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli fills in spec
  Hahn() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers and messages do not depend on the country
    Hahn hahn = new Hahn();
    Interruption interruption = Interruption.watch(hahn.afterInterrupt::get, System.err);
    hahn.stopping = interruption::isStopping;
    int code = execute(commandLine(hahn), args);
    interruption.finished();
    System.exit(code);
  }

  /** The command line, for {@link #main} and for tests that give it writers of their own. */
  static CommandLine commandLine(Hahn hahn) {
    CommandLine line = new CommandLine(hahn);
    boolean colour = Boolean.getBoolean("hahn.terminal.out") && System.getenv("NO_COLOR") == null;
    line.setColorScheme(CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF));
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(100);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setHelpSectionKeys(
        List.of(
            UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
            UsageMessageSpec.SECTION_KEY_FOOTER,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
            UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST));
    readNumbers(line);
    line.setParameterExceptionHandler((problem, args) -> usage(hahn, problem));
    line.setExecutionExceptionHandler((problem, failed, result) -> failure(hahn, line, problem));
    return line;
  }

  /** What is no number is told without the names of Java's types. */
  private static void readNumbers(CommandLine line) {
    ITypeConverter<Integer> whole =
        text -> number(text, Integer::valueOf, "a whole number up to " + Integer.MAX_VALUE);
    ITypeConverter<Long> large =
        text -> number(text, Long::valueOf, "a whole number up to " + Long.MAX_VALUE);
    ITypeConverter<Double> any =
        text -> number(text, Double::valueOf, "a number such as 0.001 or 1e-3");
    line.registerConverter(int.class, whole).registerConverter(Integer.class, whole);
    line.registerConverter(long.class, large).registerConverter(Long.class, large);
    line.registerConverter(double.class, any).registerConverter(Double.class, any);
  }

  private static <T> T number(String text, Function<String, T> read, String expected) {
    try {
      return read.apply(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected " + expected + ", found '" + text + "'");
    }
  }

  /** Runs a command line to its exit code; errors that are no exceptions become status 1 too. */
  static int execute(CommandLine line, String... args) {
    try {
      return line.execute(args);
    } catch (Throwable problem) {
      return failure((Hahn) line.getCommand(), line, problem);
    } finally {
      line.getOut().flush();
      line.getErr().flush();
    }
  }

  private static int usage(Hahn hahn, ParameterException problem) {
    CommandLine line = problem.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("hahn: " + problem.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
    err.println("See `" + line.getCommandSpec().qualifiedName() + " --help`.");
    if (hahn.debug) {
      problem.printStackTrace(err);
    }
    err.flush();
    return USAGE;
  }

  private static int failure(Hahn hahn, CommandLine line, Throwable problem) {
    PrintWriter err = line.getErr();
    int code = hahn.stopping.getAsBoolean() ? INTERRUPTED : Failures.exitCode(problem);
    if (code != INTERRUPTED) {
      err.println("hahn: " + Failures.describe(problem));
    }
    if (hahn.debug) {
      problem.printStackTrace(err);
    }
    err.flush();
    return code;
  }
}
