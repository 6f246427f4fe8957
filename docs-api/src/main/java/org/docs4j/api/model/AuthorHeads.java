package org.docs4j.api.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The newest timestamp known of each author of a document.
 *
 * @param heads by author, in the order of the ids; an unmodifiable copy
 */
public record AuthorHeads(SortedMap<AuthorId, Timestamp> heads) {
  /** No authors. */
  public static final AuthorHeads NONE = new AuthorHeads(new TreeMap<>());

  /** Copies the map. */
  public AuthorHeads {
    TreeMap<AuthorId, Timestamp> copy = new TreeMap<>();
    copy.putAll(heads);
    heads = Collections.unmodifiableSortedMap(copy);
  }

  /** The heads of the given authors. */
  public static AuthorHeads of(Map<AuthorId, Timestamp> heads) {
    return new AuthorHeads(new TreeMap<>(heads));
  }

  /** The newest timestamp of an author, if one is known. */
  public Optional<Timestamp> head(AuthorId author) {
    return Optional.ofNullable(heads.get(author));
  }

  /** How many authors here have a later head than there, or none there: what the other side lacks. */
  public int newsFor(AuthorHeads other) {
    int news = 0;
    for (Map.Entry<AuthorId, Timestamp> head : heads.entrySet()) {
      Timestamp known = other.heads.get(head.getKey());
      if (known == null || head.getValue().isAfter(known)) {
        news++;
      }
    }
    return news;
  }
}
