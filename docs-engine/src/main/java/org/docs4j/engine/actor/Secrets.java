package org.docs4j.engine.actor;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;

/**
 * The capabilities and authors that were read last: reading one derives its public key, which costs as much as a
 * signature, and the same few sign again and again.
 *
 * <p>The actor's thread reads and forgets; {@link #sign} may be called from any thread.
 */
final class Secrets {
  private static final int MAX = 256;

  private final Map<NamespaceId, Capability> capabilities = new ConcurrentHashMap<>();
  private final Map<AuthorId, Author> authors = new ConcurrentHashMap<>();

  Capability capability(NamespaceId namespace, Supplier<Capability> read) {
    return kept(capabilities, namespace, read);
  }

  Author author(AuthorId author, Supplier<Author> read) {
    return kept(authors, author, read);
  }

  /**
   * Signs an entry if both keys are at hand. Whether they may still be used, only the actor knows.
   *
   * @return empty if one of them is not
   */
  Optional<SignedEntry> sign(Entry entry) {
    Author author = authors.get(entry.id().author());
    return author != null && capabilities.get(entry.id().namespace()) instanceof Capability.Write write
        ? Optional.of(entry.sign(write.secret(), author))
        : Optional.empty();
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
