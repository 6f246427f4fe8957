package org.docs4j.engine.actor;

import java.util.BitSet;
import java.util.List;
import org.docs4j.engine.ranger.Piece;

/**
 * Some pieces of a message whose signatures were checked.
 *
 * @param pieces as they came
 * @param badSignature by the place of an entry among all entries of the pieces, whether a signature does not hold
 */
public record CheckedPieces(List<Piece> pieces, BitSet badSignature) {
  /** Copies the list and the set. */
  public CheckedPieces {
    pieces = List.copyOf(pieces);
    badSignature = (BitSet) badSignature.clone();
  }
}
