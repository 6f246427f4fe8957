package org.docs4j.api;

import java.util.List;
import org.docs4j.api.model.Key;

/** Which entries' content is fetched from peers by itself (WIRE 9); local, never sent. */
public sealed interface DownloadPolicy {
  /** Content of all entries: the default. */
  static DownloadPolicy everything() {
    return new EverythingExcept(List.of());
  }

  /** No content. */
  static DownloadPolicy nothing() {
    return new NothingExcept(List.of());
  }

  /**
   * Only what one of the filters matches.
   *
   * @param filters an unmodifiable copy
   */
  record NothingExcept(List<Filter> filters) implements DownloadPolicy {
    /** Copies the list. */
    public NothingExcept {
      filters = List.copyOf(filters);
    }
  }

  /**
   * All but what one of the filters matches.
   *
   * @param filters an unmodifiable copy
   */
  record EverythingExcept(List<Filter> filters) implements DownloadPolicy {
    /** Copies the list. */
    public EverythingExcept {
      filters = List.copyOf(filters);
    }
  }

  /** Matches keys. */
  sealed interface Filter {
    /**
     * Keys that start with a prefix.
     *
     * @param prefix which
     */
    record Prefix(Key prefix) implements Filter {}

    /**
     * One key.
     *
     * @param key which
     */
    record Exact(Key key) implements Filter {}

    /** Whether a key passes. */
    default boolean matches(Key key) {
      if (this instanceof Prefix prefix) {
        return key.startsWith(prefix.prefix);
      }
      return key.equals(((Exact) this).key);
    }
  }

  /** Whether the content of an entry with this key is wanted. */
  default boolean wants(Key key) {
    if (this instanceof NothingExcept only) {
      return only.filters.stream().anyMatch(filter -> filter.matches(key));
    }
    return ((EverythingExcept) this).filters.stream().noneMatch(filter -> filter.matches(key));
  }
}
