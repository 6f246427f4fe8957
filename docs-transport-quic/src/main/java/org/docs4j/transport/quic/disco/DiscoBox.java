package org.docs4j.transport.quic.disco;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.engines.ChaChaEngine;
import org.bouncycastle.crypto.engines.XChaCha20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.util.Pack;

/**
 * Authenticated encryption between two peers: {@code crypto_box} of NaCl with XChaCha20 in place of XSalsa20. A sealed
 * message is the tag, the ciphertext and the nonce, in this order.
 *
 * <p>As in NaCl's secret box the key of the tag is the first half of the first block of the key stream, and the text is
 * encrypted from its second half on; the tag covers the ciphertext alone.
 */
final class DiscoBox {
  private static final int KEY_BYTES = 32;
  private static final int TAG_BYTES = 16;
  private static final int NONCE_BYTES = 24;

  /** What sealing adds to a message. */
  static final int OVERHEAD = TAG_BYTES + NONCE_BYTES;

  private static final int ROUNDS = 20;
  private static final int BLOCK_WORDS = 16;
  private static final byte[] CONSTANTS = "expand 32-byte k".getBytes(StandardCharsets.US_ASCII);

  private final KeyParameter key;

  /** A box whose key follows from what two peers agreed on by X25519. */
  DiscoBox(byte[] agreed) {
    this.key = new KeyParameter(hChaCha20(agreed));
  }

  /** HChaCha20 with a nonce of zeros: the rounds alone of a ChaCha block, of which the outer rows are the result. */
  private static byte[] hChaCha20(byte[] key) {
    int[] block = new int[BLOCK_WORDS];
    Pack.littleEndianToInt(CONSTANTS, 0, block, 0, 4);
    Pack.littleEndianToInt(key, 0, block, 4, 8);
    int[] mixed = new int[BLOCK_WORDS];
    ChaChaEngine.chachaCore(ROUNDS, block, mixed);
    int[] rows = new int[8];
    for (int i = 0; i < 4; i++) {
      rows[i] = mixed[i] - block[i];
      rows[i + 4] = mixed[i + 12] - block[i + 12];
    }
    return Pack.intToLittleEndian(rows);
  }

  /** Seals a message under a fresh nonce. */
  byte[] seal(byte[] message, RandomGenerator random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return seal(message, nonce);
  }

  byte[] seal(byte[] message, byte[] nonce) {
    XChaCha20Engine stream = stream(nonce);
    Poly1305 mac = mac(stream);
    byte[] sealed = new byte[message.length + OVERHEAD];
    stream.processBytes(message, 0, message.length, sealed, TAG_BYTES);
    mac.update(sealed, TAG_BYTES, message.length);
    mac.doFinal(sealed, 0);
    System.arraycopy(nonce, 0, sealed, TAG_BYTES + message.length, NONCE_BYTES);
    return sealed;
  }

  /** The message; empty if it was not sealed with this key. */
  Optional<byte[]> open(byte[] sealed) {
    int length = sealed.length - OVERHEAD;
    if (length < 0) {
      return Optional.empty();
    }
    XChaCha20Engine stream = stream(Arrays.copyOfRange(sealed, TAG_BYTES + length, sealed.length));
    Poly1305 mac = mac(stream);
    mac.update(sealed, TAG_BYTES, length);
    byte[] tag = new byte[TAG_BYTES];
    mac.doFinal(tag, 0);
    if (!MessageDigest.isEqual(tag, Arrays.copyOf(sealed, TAG_BYTES))) {
      return Optional.empty();
    }
    byte[] message = new byte[length];
    stream.processBytes(sealed, TAG_BYTES, length, message, 0);
    return Optional.of(message);
  }

  private XChaCha20Engine stream(byte[] nonce) {
    XChaCha20Engine stream = new XChaCha20Engine();
    stream.init(true, new ParametersWithIV(key, nonce));
    return stream;
  }

  /** Takes the key of the tag from the beginning of the key stream. */
  private static Poly1305 mac(XChaCha20Engine stream) {
    byte[] macKey = new byte[KEY_BYTES];
    stream.processBytes(macKey, 0, KEY_BYTES, macKey, 0);
    Poly1305 mac = new Poly1305();
    mac.init(new KeyParameter(macKey));
    return mac;
  }
}
