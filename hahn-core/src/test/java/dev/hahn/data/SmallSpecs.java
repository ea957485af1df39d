package dev.hahn.data;

/** Specifications that are simulated in no time. */
final class SmallSpecs {
  /** 4 x 3 spins, 15 samples, two parameters. */
  static final Preset PRESET =
      Preset.parse(
          """
          id: small
          parameters:
            - {name: alpha, prior: {uniform: {low: 0, high: 0.2}}, range: {at-least: 0}}
            - {name: d, prior: {uniform: {low: 3, high: 6}}}
          lattice: {shape: [4, 3]}
          coupling:
            alpha-y: alpha
            kernel: {power-law: {p: 3}}
            normalization: sum
          relaxation: {gamma3: 10^-d}
          sequence:
            dt: 2
            hahn: {tau: 5}
          """,
          "small");

  static final Provenance PROVENANCE =
      new Provenance("0", "25", "here", "2026-01-01T00:00:00Z", "test");

  private SmallSpecs() {}

  static DatasetSpec drawn(long count, int shardSize) {
    return new DatasetSpec(PRESET, count, 42, shardSize, null);
  }
}
