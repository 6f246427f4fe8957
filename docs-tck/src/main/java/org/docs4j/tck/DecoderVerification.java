package org.docs4j.tck;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The tests of decoders of bytes from anywhere: on the kept inputs of fuzzing, recorded ones among them, and on what chance
 * makes of them.
 */
public abstract class DecoderVerification {
  /** The same for all, so that what failed once fails again. */
  private static final long SEED = 20_261_127;

  private final Corpus corpus;
  private final int mutations;
  private final Consumer<byte[]> decoder;

  /**
   * For a test class.
   *
   * @param folder with the kept inputs, in the package of the test class
   * @param mutations how many altered inputs are tried
   * @param decoder returns unless something is wrong
   */
  protected DecoderVerification(String folder, int mutations, Consumer<byte[]> decoder) {
    this.corpus = Corpus.of(getClass(), folder);
    this.mutations = mutations;
    this.decoder = decoder;
  }

  /** Every kept input leads to what it may lead to. */
  @Test
  public void decode_keptInputs_nothingUnexpected() {
    corpus.replay(decoder);
  }

  /** So does every altered one. */
  @Test
  public void decode_alteredInputs_nothingUnexpected() {
    corpus.mutate(SEED, mutations, decoder);
  }
}
