package dev.hahn.data;

import dev.hahn.math.RandomStream;
import dev.hahn.sim.Experiment;
import java.nio.file.Path;
import java.util.List;

/** An experiment with named free parameters and a prior over them, read from YAML. Immutable. */
public final class Preset {
  private Preset() {}

  /** The presets that come with Hahn, in the order they are listed. */
  public static List<Preset> builtIn() {
    throw new UnsupportedOperationException();
  }

  /** A built-in preset by id, or the one in a YAML file if {@code idOrFile} names a file. */
  public static Preset named(String idOrFile) {
    throw new UnsupportedOperationException();
  }

  /** A preset from its YAML text. {@code subject} names the text in errors. */
  public static Preset parse(String yaml, String subject) {
    throw new UnsupportedOperationException();
  }

  /** A preset from a YAML file. */
  public static Preset read(Path file) {
    throw new UnsupportedOperationException();
  }

  public String id() {
    throw new UnsupportedOperationException();
  }

  public String title() {
    throw new UnsupportedOperationException();
  }

  /** Where the preset comes from: paper, repository. */
  public String source() {
    throw new UnsupportedOperationException();
  }

  public List<Parameter> parameters() {
    throw new UnsupportedOperationException();
  }

  /** The YAML text that this preset was read from; {@link #parse} of it gives an equal preset. */
  public String yaml() {
    throw new UnsupportedOperationException();
  }

  /** Draws one value per parameter, in order. */
  public double[] sample(RandomStream random) {
    throw new UnsupportedOperationException();
  }

  /**
   * The experiment for the given values.
   *
   * @param values one per parameter, in order; not modified
   * @throws dev.hahn.InputException for a value outside the physical range, naming the parameter
   */
  public Experiment experiment(double[] values) {
    throw new UnsupportedOperationException();
  }

  /** Times of the samples of a curve, in units of 1/gamma. */
  public double[] times() {
    throw new UnsupportedOperationException();
  }
}
