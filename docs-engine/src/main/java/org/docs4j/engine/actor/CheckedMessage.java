package org.docs4j.engine.actor;

import java.util.BitSet;
import org.docs4j.engine.ranger.RangeMessage;

/**
 * A received message whose signatures were checked.
 *
 * @param message as it came
 * @param badSignature by the place of an entry among all entries of the message, whether a signature does not hold
 */
public record CheckedMessage(RangeMessage message, BitSet badSignature) {
  /** Copies the set. */
  public CheckedMessage {
    badSignature = (BitSet) badSignature.clone();
  }
}
