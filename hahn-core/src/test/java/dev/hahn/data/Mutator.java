package dev.hahn.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages files: the k-th damage of a seed is always the same. */
final class Mutator {
  private static final List<String> SPITE =
      List.of(
          "",
          "0",
          "-1",
          "1e999",
          "NaN",
          ".inf",
          "99999999999999999999",
          "2147483647",
          "null",
          "[]",
          "{}",
          "[[",
          "{",
          "\"",
          "'",
          "&a",
          "*a",
          "!!int",
          "---\n",
          "\n",
          "\t",
          "\u0000",
          "\ufeff",
          "(",
          "^",
          "10^10^10^10",
          "exp(1000)",
          "true",
          "#",
          "|",
          ">",
          "? ",
          "%",
          "<<: *a",
          "\\u0000");

  private final Random random;

  Mutator(long seed, long k) {
    random = new Random(seed * 1_000_003 + k);
  }

  /** One to four damages to a copy. */
  byte[] mutate(byte[] whole) {
    byte[] bytes = whole.clone();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      bytes = damage(bytes);
    }
    return bytes;
  }

  int nextInt(int bound) {
    return random.nextInt(bound);
  }

  private byte[] damage(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int length = Math.min(bytes.length - at, 1 << random.nextInt(8));
    return switch (random.nextInt(8)) {
      case 0 -> flipped(bytes);
      case 1 -> overwritten(bytes, (byte) random.nextInt(256));
      case 2 -> overwritten(bytes, (byte) (random.nextBoolean() ? 0xFF : 0));
      case 3 -> Arrays.copyOf(bytes, at);
      case 4 -> spliced(bytes, at, at + length, new byte[0]);
      case 5 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
      case 6 -> spliced(bytes, at, at + random.nextInt(length + 1), spite());
      default -> moved(bytes, at, length);
    };
  }

  private byte[] spite() {
    return SPITE.get(random.nextInt(SPITE.size())).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] flipped(byte[] bytes) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] overwritten(byte[] bytes, byte value) {
    if (bytes.length > 0) {
      int at = random.nextInt(bytes.length);
      Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), value);
    }
    return bytes;
  }

  private byte[] moved(byte[] bytes, int from, int length) {
    byte[] part = Arrays.copyOfRange(bytes, from, from + length);
    int to = random.nextInt(bytes.length + 1);
    return spliced(bytes, to, Math.min(bytes.length, to + length), part);
  }

  /** The bytes with those from {@code from} to {@code to} replaced. */
  private static byte[] spliced(byte[] bytes, int from, int to, byte[] by) {
    byte[] result = new byte[from + by.length + bytes.length - to];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(by, 0, result, from, by.length);
    System.arraycopy(bytes, to, result, from + by.length, bytes.length - to);
    return result;
  }
}
