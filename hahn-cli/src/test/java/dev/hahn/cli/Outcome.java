package dev.hahn.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** What a command line came to, run in this process. */
record Outcome(int code, String out, String err) {

  /** Runs a command as the launcher does: with the trained models of the checkout. */
  static Outcome withTrainedModels(Object... args) {
    String home = System.getProperty("hahn.home");
    System.setProperty("hahn.home", "..");
    try {
      return of(args);
    } finally {
      if (home == null) {
        System.clearProperty("hahn.home");
      } else {
        System.setProperty("hahn.home", home);
      }
    }
  }

  /** Runs a command: texts fall into words at their blanks, anything else is a word. */
  static Outcome of(Object... args) {
    CommandLine line = Hahn.commandLine(new Hahn());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.addAll(
          arg instanceof String text ? List.of(text.split(" ")) : List.of(String.valueOf(arg)));
    }
    int code = Hahn.execute(line, words.toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }
}
