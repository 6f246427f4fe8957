package org.docs4j.engine.ranger;

import java.util.List;

/**
 * A reconciliation message: parts in the order of the wire.
 *
 * @param parts possibly none
 */
public record RangeMessage(List<Part> parts) {
  /** A message without parts: nothing to say. */
  public static final RangeMessage EMPTY = new RangeMessage(List.of());

  /** Copies the list. */
  public RangeMessage {
    parts = List.copyOf(parts);
  }

  /** Whether there is nothing to say. */
  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** How many entries the message carries. */
  public long valueCount() {
    return parts.stream()
        .mapToLong(part -> part instanceof Part.RangeItem item ? item.values().size() : 0)
        .sum();
  }
}
