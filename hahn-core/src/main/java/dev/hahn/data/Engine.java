package dev.hahn.data;

import dev.hahn.InputException;
import dev.hahn.Progress;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What makes data sets: this machine, or a cluster. All engines write the same bytes. Those on the
 * class path are found by {@link ServiceLoader}.
 */
public interface Engine {
  /**
   * A data set to be made.
   *
   * @param out its folder: a path of this machine, or a URI
   * @param existing what to do if it exists
   * @param threads how many to use on this machine, at least one
   * @param master where the cluster is, in the words of the engine; null for its own choice
   * @param provenance recorded in the data set; of a resumed one the first is kept
   */
  record Job(
      DatasetSpec spec,
      String out,
      Generator.Existing existing,
      int threads,
      @Nullable String master,
      Provenance provenance) {}

  /** What users call it. */
  String id();

  /**
   * Makes a data set.
   *
   * @param progress counts curves
   * @throws InputException if the folder, the specification or the cluster cannot be used
   * @throws java.io.UncheckedIOException if writing fails; whole shards are kept for {@link
   *     Generator.Existing#RESUME}, anything else is removed
   * @throws InterruptedException if this thread is interrupted; as above
   */
  void generate(Job job, Progress progress) throws InterruptedException;

  /** The engine of this id, if it is on the class path. */
  static Optional<Engine> named(String id) {
    return ServiceLoader.load(Engine.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(engine -> engine.id().equals(id))
        .findFirst();
  }

  /** The folder of this machine that {@code out} names; none if it is on another file system. */
  static Optional<Path> localFolder(String out) {
    if (!Pattern.matches("[a-zA-Z][a-zA-Z0-9+.-]+:/.*", out)) {
      return Optional.of(Path.of(out));
    }
    if (!out.startsWith("file:")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(URI.create(out)));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new InputException(out + ": expected file:///PATH, found " + e.getMessage(), e);
    }
  }
}
