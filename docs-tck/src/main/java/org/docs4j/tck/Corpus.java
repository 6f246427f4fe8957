package org.docs4j.tck;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/**
 * Kept inputs of a decoder that takes bytes from peers, one a file, and what is made of them by chance.
 *
 * <p>A decoder passes when it returns, whatever it found out about the bytes, and does so in a time that no peer can use
 * to hold a node up, and with no more memory than follows from the length of its input. What counts is all that the
 * decoder's thread allocates meanwhile, garbage as well. For tests; one thread at a time.
 */
public final class Corpus {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What a decoder may allocate for any input: more than a class that is loaded on the way takes. */
  private static final long LEAST_BYTES = 512 << 10;

  /** What it may allocate beside for each byte of an input. */
  private static final int BYTES_PER_BYTE = 256;

  private final List<byte[]> inputs;

  private Corpus(List<byte[]> inputs) {
    this.inputs = inputs;
  }

  /**
   * The files of a folder of resources.
   *
   * @param near a class in whose package the folder is
   * @throws IllegalArgumentException if there is none in it
   */
  public static Corpus of(Class<?> near, String folder) {
    try (Stream<Path> files = Files.list(Path.of(near.getResource(near.getSimpleName() + ".class").toURI()).resolveSibling(folder))) {
      List<byte[]> inputs = files.sorted().map(Corpus::read).toList();
      if (inputs.isEmpty()) {
        throw new IllegalArgumentException("no inputs in " + folder);
      }
      return new Corpus(inputs);
    } catch (IOException e) {
      throw new UncheckedIOException("no inputs in " + folder, e);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * Inputs that are at hand otherwise, as recorded ones.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Corpus of(List<byte[]> inputs) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("no inputs");
    }
    return new Corpus(inputs.stream().map(byte[]::clone).toList());
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a decoder every input as it is, twice: what is made once and for all does not count the second time. */
  public void replay(Consumer<byte[]> decoder) {
    inputs.forEach(input -> decode(input, decoder, "a kept input"));
    inputs.forEach(input -> decodeWithinMemory(input, decoder, "a kept input"));
  }

  /**
   * Gives a decoder so many inputs that were altered: bits turned, bytes changed, parts left out, doubled or cut off. Before,
   * it is given those that are kept.
   */
  public void mutate(long seed, int count, Consumer<byte[]> decoder) {
    replay(decoder);
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      byte[] input = inputs.get(random.nextInt(inputs.size()));
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        input = mutated(input, random);
      }
      decodeWithinMemory(input, decoder, "seed " + seed + ", input " + i);
    }
  }

  private static void decode(byte[] input, Consumer<byte[]> decoder, String what) {
    try {
      Assertions.assertTimeout(LIMIT, () -> decoder.accept(input.clone()), what);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what + " of " + input.length + " bytes: " + e, e);
    }
  }

  private static void decodeWithinMemory(byte[] input, Consumer<byte[]> decoder, String what) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    decode(input, decoder, what);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    long most = LEAST_BYTES + (long) BYTES_PER_BYTE * input.length;
    if (allocated > most) {
      throw new AssertionError(
          what + " of " + input.length + " bytes: " + allocated + " bytes were allocated, at most " + most);
    }
  }

  private static byte[] mutated(byte[] input, Random random) {
    if (input.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int from = random.nextInt(input.length);
    int to = Math.min(input.length, from + 1 + random.nextInt(40));
    byte[] changed = input.clone();
    switch (random.nextInt(5)) {
      case 0 -> changed[from] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed[from] = (byte) random.nextInt();
      case 2 -> changed = joined(input, from, input, to);
      case 3 -> changed = joined(input, to, input, from);
      default -> changed = Arrays.copyOf(input, from);
    }
    return changed;
  }

  /** The beginning of one and what another one has from a place on. */
  private static byte[] joined(byte[] head, int headLength, byte[] tail, int tailFrom) {
    byte[] both = Arrays.copyOf(head, headLength + tail.length - tailFrom);
    System.arraycopy(tail, tailFrom, both, headLength, tail.length - tailFrom);
    return both;
  }
}
