package dev.hahn.data;

import dev.hahn.InputException;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.EchoSimulator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The sole input of generation. Sample i depends on preset, seed, its label if one is given, and i
 * alone: parameters are drawn from the random stream (seed, 2 i), frequencies from (seed, 2 i + 1).
 *
 * @param preset the experiment and its prior
 * @param count curves, 1 to 10^6 shards
 * @param seed any
 * @param shardSize curves a file, 1 to 10^6 and below 2 GB; the last may hold fewer
 * @param labels parameters of each curve, [count][parameters], owned by the record; null to draw
 *     them from the prior
 */
public record DatasetSpec(
    Preset preset, long count, long seed, int shardSize, double @Nullable [][] labels) {
  /** Curves a shard unless told otherwise: about 4 MB for a challenge. */
  public static final int SHARD_SIZE = 1000;

  private static final int MOST = 1_000_000;

  /** With room for what is not numbers. */
  private static final long LARGEST_FILE = Integer.MAX_VALUE - (1L << 20);

  public DatasetSpec {
    if (preset.names().isEmpty()) {
      throw new InputException(
          "preset "
              + preset.id()
              + ": a data set needs at least one free parameter, found none; give it one whose"
              + " prior is fixed");
    }
    if (shardSize < 1 || shardSize > MOST) {
      throw new InputException("shard size: expected 1 to " + MOST + ", found " + shardSize);
    }
    if (count < 1 || count > (long) shardSize * MOST) {
      throw new InputException(
          "number of curves: expected 1 to "
              + (long) shardSize * MOST
              + " with "
              + shardSize
              + " a shard, found "
              + count);
    }
    requireFit(preset, (int) Math.min(shardSize, count));
    if (labels != null) {
      if (labels.length != count) {
        throw new InputException(
            "labels: expected " + count + ", one a curve, found " + labels.length);
      }
      for (int i = 0; i < labels.length; i++) {
        requireLabel(preset, labels[i], i);
      }
    }
  }

  /** A file is read and written as one array of bytes. */
  private static void requireFit(Preset preset, int rows) {
    int samples = preset.times().length;
    long row = 2L * samples * Float.BYTES + (long) preset.names().size() * Double.BYTES;
    long most = LARGEST_FILE / row;
    if (rows > most) {
      throw new InputException(
          "shard size: expected at most "
              + most
              + " curves of "
              + samples
              + " samples, which fill 2 GB, found "
              + rows);
    }
  }

  private static void requireLabel(Preset preset, double @Nullable [] label, int i) {
    if (label == null) {
      throw new InputException(
          "label of curve " + i + ": expected a row of numbers, found nothing");
    }
    try {
      preset.experiment(label);
    } catch (InputException e) {
      throw new InputException("label of curve " + i + ": " + e.getMessage(), e);
    }
  }

  /** Curves with parameters from the prior. */
  public static DatasetSpec drawn(Preset preset, long count, long seed) {
    return new DatasetSpec(preset, count, seed, SHARD_SIZE, null);
  }

  /** Curves with given parameters, [n][parameters]. */
  public static DatasetSpec labelled(Preset preset, double[][] labels, long seed) {
    return new DatasetSpec(preset, labels.length, seed, SHARD_SIZE, labels);
  }

  /** The number of files. */
  public int shards() {
    return Math.toIntExact((count + shardSize - 1) / shardSize);
  }

  /** The first sample of a shard. */
  public long first(int shard) {
    return (long) shard * shardSize;
  }

  /** The number of curves in a shard. */
  public int rows(int shard) {
    return (int) Math.min(shardSize, count - first(shard));
  }

  /** The parameters of sample i. */
  public double[] label(long i) {
    return labels != null ? labels[(int) i] : preset.sample(new RandomStream(seed, 2 * i));
  }

  /**
   * The simulation that gives sample i.
   *
   * @param label {@link #label} of i
   */
  EchoSimulator.Run run(long i, double[] label) {
    try {
      return EchoSimulator.Run.draw(preset.experiment(label), new RandomStream(seed, 2 * i + 1));
    } catch (InputException | IllegalArgumentException e) {
      throw new InputException(
          "curve " + i + ", parameters " + Arrays.toString(label) + ": " + e.getMessage(), e);
    }
  }

  /** SHA-256 of {@link #toJson}, hexadecimal: it ties shards to their specification. */
  String sha256() {
    return HexFormat.of()
        .formatHex(ShardFiles.digest().digest(toJson().getBytes(StandardCharsets.UTF_8)));
  }

  /** This specification as JSON: equal specifications give equal text. */
  public String toJson() {
    return DatasetJson.text(this);
  }

  /**
   * A specification from its JSON.
   *
   * @param subject names the text in errors
   * @throws InputException if it is malformed
   */
  public static DatasetSpec fromJson(String json, String subject) {
    return DatasetJson.spec(json, subject);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DatasetSpec spec
        && preset.equals(spec.preset)
        && count == spec.count
        && seed == spec.seed
        && shardSize == spec.shardSize
        && Arrays.deepEquals(labels, spec.labels);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new Object[] {preset, count, seed, shardSize});
  }
}
