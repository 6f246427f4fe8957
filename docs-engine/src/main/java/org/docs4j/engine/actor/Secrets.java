package org.docs4j.engine.actor;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.NamespaceId;

/**
 * The capabilities and authors that were read last: reading one derives its public key, which costs as much as a
 * signature, and the same few sign again and again.
 */
final class Secrets {
  private static final int MAX = 256;

  private final Map<NamespaceId, Capability> capabilities = new HashMap<>();
  private final Map<AuthorId, Author> authors = new HashMap<>();

  Capability capability(NamespaceId namespace, Supplier<Capability> read) {
    return kept(capabilities, namespace, read);
  }

  Author author(AuthorId author, Supplier<Author> read) {
    return kept(authors, author, read);
  }

  void clear() {
    capabilities.clear();
    authors.clear();
  }

  private static <K, V> V kept(Map<K, V> map, K key, Supplier<V> read) {
    V known = map.get(key);
    if (known == null) {
      known = read.get();
      if (map.size() >= MAX) {
        map.clear();
      }
      map.put(key, known);
    }
    return known;
  }
}
