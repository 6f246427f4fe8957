package org.docs4j.api;

import java.util.Optional;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Key;

/**
 * Which entries of a document are wanted, in which order.
 *
 * <p>Start with {@link #all}, {@link #singleLatestPerKey}, {@link #author}, {@link #key} or {@link #prefix} and narrow
 * it with the {@code with} methods; each returns a new query.
 *
 * @param kind whether each author's entry counts, or only the newest of all authors at each key (WIRE 9)
 * @param author only this author's entries
 * @param keys which keys
 * @param sort the order
 * @param descending whether the order is reversed
 * @param includeEmpty whether deletions are shown
 * @param offset how many of the results are passed over, from 0
 * @param limit how many results there are at most, from 0
 */
public record Query(
    Kind kind,
    Optional<AuthorId> author,
    KeyFilter keys,
    Sort sort,
    boolean descending,
    boolean includeEmpty,
    long offset,
    long limit) {
  /** Which entries count. */
  public enum Kind {
    /** The entries of each author. */
    FLAT,
    /** At each key the newest entry of all authors that pass the author filter; a deletion hides the key. */
    SINGLE_LATEST_PER_KEY
  }

  /** The order of the results; single latest per key is always ordered by key. */
  public enum Sort {
    /** By author, then by key. */
    AUTHOR_KEY,
    /** By key, then by author. */
    KEY_AUTHOR
  }

  /** Which keys are wanted. */
  public sealed interface KeyFilter {
    /** Every key. */
    record Any() implements KeyFilter {}

    /**
     * One key.
     *
     * @param key which
     */
    record Exact(Key key) implements KeyFilter {}

    /**
     * Keys that start with a prefix.
     *
     * @param prefix which
     */
    record Prefix(Key prefix) implements KeyFilter {}

    /** Whether a key passes. */
    default boolean matches(Key key) {
      if (this instanceof Exact exact) {
        return exact.key.equals(key);
      }
      return !(this instanceof Prefix prefix) || key.startsWith(prefix.prefix);
    }
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if offset or limit is negative
   */
  public Query {
    if (offset < 0 || limit < 0) {
      throw new IllegalArgumentException("offset and limit are at least 0");
    }
  }

  /** Every entry of every author, by author and key, without deletions. */
  public static Query all() {
    return new Query(
        Kind.FLAT, Optional.empty(), new KeyFilter.Any(), Sort.AUTHOR_KEY, false, false, 0, Long.MAX_VALUE);
  }

  /** The newest entry at each key, by key, without deleted keys: what a reader of the document sees. */
  public static Query singleLatestPerKey() {
    return new Query(
        Kind.SINGLE_LATEST_PER_KEY,
        Optional.empty(),
        new KeyFilter.Any(),
        Sort.KEY_AUTHOR,
        false,
        false,
        0,
        Long.MAX_VALUE);
  }

  /** The entries of one author. */
  public static Query author(AuthorId author) {
    return all().withAuthor(author);
  }

  /** Every author's entry at one key. */
  public static Query key(Key key) {
    return all().withKeys(new KeyFilter.Exact(key));
  }

  /** Every author's entries below a prefix. */
  public static Query prefix(Key prefix) {
    return all().withKeys(new KeyFilter.Prefix(prefix));
  }

  /** Only this author's entries. */
  public Query withAuthor(AuthorId only) {
    return new Query(kind, Optional.of(only), keys, sort, descending, includeEmpty, offset, limit);
  }

  /** Only these keys. */
  public Query withKeys(KeyFilter filter) {
    return new Query(kind, author, filter, sort, descending, includeEmpty, offset, limit);
  }

  /** In this order. */
  public Query withSort(Sort order, boolean reversed) {
    return new Query(kind, author, keys, order, reversed, includeEmpty, offset, limit);
  }

  /** With deletions shown as well. */
  public Query withEmpty() {
    return new Query(kind, author, keys, sort, descending, true, offset, limit);
  }

  /** Only a part of the results: so many passed over, at most so many given. */
  public Query withPage(long skip, long most) {
    return new Query(kind, author, keys, sort, descending, includeEmpty, skip, most);
  }
}
