package org.docs4j.engine.index;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that forgets what was not used for the longest time when it holds too much.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class Recent<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;
  private static final int FIRST_BUCKETS = 16;
  private static final float LOAD = 0.75f;

  private final int most;

  /** Makes an empty one that keeps so many entries. */
  public Recent(int most) {
    super(FIRST_BUCKETS, LOAD, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
