package org.docs4j.api.testkit;

import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs tests on random input that can be had again: each run takes a fresh seed and logs it, {@code -Ddocs4j.seed=N}
 * takes N, and a failure names it.
 */
public final class Seeded {
  private static final System.Logger LOG = System.getLogger(Seeded.class.getName());

  private Seeded() {}

  /** Runs the body with a generator. */
  public static void run(String what, Consumer<Random> body) {
    String given = System.getProperty("docs4j.seed", "");
    long seed = given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
    LOG.log(System.Logger.Level.INFO, "{0}: seed {1}", what, Long.toString(seed));
    try {
      body.accept(new Random(seed));
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what + " failed with -Ddocs4j.seed=" + seed, e);
    }
  }

  /** A copy with up to four bytes changed, or a part taken out, put in or cut off. */
  public static byte[] mutated(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    int at = random.nextInt(bytes.length);
    int length = 1 + random.nextInt(4);
    switch (random.nextInt(4)) {
      case 0 -> changed = concat(bytes, at, new byte[0], Math.min(bytes.length, at + length));
      case 1 -> {
        byte[] more = new byte[length];
        random.nextBytes(more);
        changed = concat(bytes, at, more, at);
      }
      case 2 -> changed = concat(bytes, at, new byte[0], bytes.length);
      default -> {
        for (int i = 0; i < length; i++) {
          changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
    }
    return changed;
  }

  private static byte[] concat(byte[] bytes, int head, byte[] middle, int tail) {
    byte[] result = new byte[head + middle.length + bytes.length - tail];
    System.arraycopy(bytes, 0, result, 0, head);
    System.arraycopy(middle, 0, result, head, middle.length);
    System.arraycopy(bytes, tail, result, head + middle.length, bytes.length - tail);
    return result;
  }
}
