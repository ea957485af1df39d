package dev.hahn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.Progress;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Engine;
import dev.hahn.data.Generator;
import dev.hahn.data.Generator.Existing;
import dev.hahn.data.Preset;
import dev.hahn.data.Provenance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Data sets of 8 x 8 spins and 40 samples, and what engines make of them. */
final class Small {
  static final String YAML =
      """
      id: small
      parameters:
        - {name: alpha, prior: {uniform: {low: 0, high: 0.2}}, range: {at-least: 0}}
        - {name: d, prior: {uniform: {low: 3, high: 6}}}
      lattice: {shape: [8, 8]}
      coupling:
        alpha-y: alpha
        kernel: {power-law: {p: 3}}
        normalization: sum
      relaxation: {gamma3: 10^-d}
      sequence:
        dt: 1
        hahn: {tau: 10}
      """;

  static final Preset PRESET = Preset.parse(YAML, "small");

  static final Provenance PROVENANCE =
      new Provenance("0", "25", "here", "2026-01-01T00:00:00Z", "test");

  private Small() {}

  static DatasetSpec drawn(long count, int shardSize) {
    return new DatasetSpec(PRESET, count, 42, shardSize, null);
  }

  static Engine.Job job(DatasetSpec spec, Path out, Existing existing, String master) {
    return new Engine.Job(spec, out.toString(), existing, 2, master, PROVENANCE);
  }

  /** The folder that the local engine makes. */
  static Path local(DatasetSpec spec, Path out, int threads) throws InterruptedException {
    Generator.generate(spec, out, Existing.REFUSE, threads, PROVENANCE, Progress.NONE);
    return out;
  }

  /** Names and contents, hidden files included. */
  static Map<String, ByteBuffer> bytes(Path folder) throws IOException {
    Map<String, ByteBuffer> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  static void assertSame(Path folder, Path expected) throws IOException {
    assertThat(bytes(folder).keySet()).isEqualTo(bytes(expected).keySet());
    assertThat(bytes(folder)).isEqualTo(bytes(expected));
  }

  /** How many shards there are, while others may come and temporary files go. */
  static long shards(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? 0 : Stream.of(names).filter(name -> name.endsWith(".h5")).count();
  }
}
