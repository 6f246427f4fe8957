package org.docs4j.gossip.proto;

import org.docs4j.api.crypto.Blake3;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.Bytes32;

/**
 * The name of a broadcast message: the BLAKE3 hash of its content (WIRE 5.2).
 *
 * @param bytes the 32 bytes
 */
public record MessageId(Bytes32 bytes) implements Comparable<MessageId> {
  /** The id that belongs to a content. */
  public static MessageId ofContent(Bytes content) {
    return new MessageId(Bytes32.of(Blake3.hash(content.toByteArray())));
  }

  /** The first ten hexadecimal digits, for logs. */
  public String shortText() {
    return bytes.shortHex();
  }

  @Override
  public int compareTo(MessageId other) {
    return bytes.compareTo(other.bytes);
  }
}
