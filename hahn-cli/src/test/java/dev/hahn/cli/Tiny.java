package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A data set of 24-sample curves and a model of it, made by the commands themselves. */
record Tiny(Path folder) {
  static final int SAMPLES = 24;

  /** Makes preset, data set {@code train} of 40 curves and model {@code mean.onnx}. */
  static Tiny in(Path folder) throws IOException {
    Tiny tiny = new Tiny(folder);
    try (InputStream yaml = Tiny.class.getResourceAsStream("/tiny.yaml")) {
      Files.copy(yaml, tiny.preset());
    }
    tiny.ok("simulate --preset", tiny.preset(), "--count 40 --out", tiny.train());
    tiny.ok("train --data", tiny.train(), "--model mean --out", tiny.model());
    return tiny;
  }

  Path preset() {
    return folder.resolve("tiny.yaml");
  }

  Path train() {
    return folder.resolve("train");
  }

  Path model() {
    return folder.resolve("mean.onnx");
  }

  /** Made by {@link #trained}. */
  Path posterior() {
    return folder.resolve("posterior.onnx");
  }

  /** Learns the model {@link #posterior}. */
  Outcome trained() {
    return ok("train --preset", preset(), "--curves 300 --out", posterior());
  }

  Path at(String name) {
    return folder.resolve(name);
  }

  /** Runs a command that must succeed. */
  Outcome ok(Object... args) {
    Outcome outcome = Outcome.of(args);
    assertThat(outcome.err()).doesNotContain("hahn:");
    assertThat(outcome.code()).isZero();
    return outcome;
  }

  /** Writes a text file of numbers. */
  Path text(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  /** A line of {@link #SAMPLES} zeros but for the last number. */
  static String line(String last) {
    return "0.0\t".repeat(SAMPLES - 1) + last;
  }

  /** Names of all files and folders below, to see that nothing is left behind. */
  List<String> files() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.map(path -> folder.relativize(path).toString()).sorted().toList();
    }
  }
}
