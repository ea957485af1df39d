package dev.hahn.cli;

import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The values that a parameter runs through: NAME=LOW:HIGH:COUNT, with :log at the end in equal
 * ratios.
 *
 * @param name of the parameter
 * @param values at least one, in order
 * @param log whether their ratios are equal
 */
record Sweep(String name, double[] values, boolean log) {

  /** Reads a sweep from the command line. */
  static final class Converter implements ITypeConverter<Sweep> {
    @Override
    public Sweep convert(String text) {
      int equals = text.indexOf('=');
      String[] parts = text.substring(equals + 1).split(":", -1);
      boolean log = parts.length == 4 && parts[3].equals("log");
      if (equals < 1 || (parts.length != 3 && !log)) {
        throw bad(text);
      }
      try {
        return new Sweep(
            text.substring(0, equals),
            values(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Integer.parseInt(parts[2]),
                log),
            log);
      } catch (IllegalArgumentException e) {
        throw bad(text);
      }
    }

    private static TypeConversionException bad(String text) {
      return new TypeConversionException(
          "expected NAME=LOW:HIGH:COUNT or NAME=LOW:HIGH:COUNT:log, LOW not above HIGH (with log"
              + " above 0), COUNT from 1 to 10000, found \""
              + text
              + "\"");
    }
  }

  private static double[] values(double low, double high, int count, boolean log) {
    boolean finite = Double.isFinite(low) && Double.isFinite(high);
    if (count < 1 || count > 10_000 || !finite || high < low || (log && low <= 0)) {
      throw new IllegalArgumentException("not a sweep");
    }
    double[] values = new double[count];
    Arrays.setAll(
        values,
        i -> {
          double fraction = count == 1 ? 0 : (double) i / (count - 1);
          return log ? low * Math.pow(high / low, fraction) : low + (high - low) * fraction;
        });
    return values;
  }
}
