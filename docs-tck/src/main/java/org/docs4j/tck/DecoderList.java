package org.docs4j.tck;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.docs4j.api.DocsException;

/**
 * Decoders for tests with bytes from anywhere: the first byte of an input chooses one, the rest is what it decodes. A list
 * passes over what its decoders may refuse bytes with, if that has a sentence for a person, and throws whatever else they
 * throw.
 *
 * <p>Kept inputs choose by number, so new decoders belong at the end of a list.
 */
public final class DecoderList {
  private static final int MAX_SENTENCE = 1000;

  private final List<Class<? extends DocsException>> refusals;
  private final List<Consumer<byte[]>> decoders;

  private DecoderList(List<Class<? extends DocsException>> refusals, List<Consumer<byte[]>> decoders) {
    this.refusals = refusals;
    this.decoders = decoders;
  }

  /**
   * A list.
   *
   * @param refusals what the decoders may throw
   * @param decoders from 1 to 256
   * @throws IllegalArgumentException if there are none, or too many for a byte to choose from
   */
  public static DecoderList of(List<Class<? extends DocsException>> refusals, List<Consumer<byte[]>> decoders) {
    if (decoders.isEmpty() || decoders.size() > 256) {
      throw new IllegalArgumentException(decoders.size() + " decoders");
    }
    return new DecoderList(List.copyOf(refusals), List.copyOf(decoders));
  }

  /** Decodes an input; an empty one chooses nothing. */
  public void decode(byte[] input) {
    if (input.length == 0) {
      return;
    }
    int kind = Byte.toUnsignedInt(input[0]) % decoders.size();
    try {
      decoders.get(kind).accept(Arrays.copyOfRange(input, 1, input.length));
    } catch (DocsException e) {
      check(e);
    }
  }

  private void check(DocsException e) {
    if (refusals.stream().noneMatch(refusal -> refusal.isInstance(e))) {
      throw e;
    }
    if (e.getMessage().isBlank() || e.getMessage().length() > MAX_SENTENCE) {
      throw new AssertionError("no sentence for a person: " + e.getMessage(), e);
    }
  }
}
