package org.docs4j.api;

import java.util.List;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Key;

/**
 * What a write to a document did.
 *
 * @param entry what was written
 * @param removed how many entries with content, of the same author, at longer keys that start with the written one, were
 *     removed by the prefix rule (WIRE 3.3)
 * @param removedKeys their keys in order, at most {@link #MAX_KEYS} of them
 */
public record LocalInsert(Entry entry, long removed, List<Key> removedKeys) {
  /** How many removed keys are named at most. */
  public static final int MAX_KEYS = 100;

  /** Copies the list. */
  public LocalInsert {
    removedKeys = List.copyOf(removedKeys);
  }
}
