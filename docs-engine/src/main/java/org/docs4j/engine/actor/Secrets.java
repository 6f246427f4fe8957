package org.docs4j.engine.actor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.Signature;
import org.docs4j.api.model.SignedEntry;

/**
 * The capabilities and authors that were read last: reading one derives its public key, which costs as much as a
 * signature, and the same few sign again and again.
 *
 * <p>The actor's thread reads and forgets; {@link #signAll} and {@link #sign} may be called from any thread.
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
   * Signs entries whose keys are both at hand; those of one document and author are signed together. Whether the keys may
   * still be used, only the actor knows.
   *
   * @return the signed entries in order; empty for those of which a key is not at hand, and those that the actor refuses
   */
  List<Optional<SignedEntry>> signAll(List<Entry> entries) {
    List<Optional<SignedEntry>> signed = new ArrayList<>(entries.size());
    int from = 0;
    for (int to = 1; to <= entries.size(); to++) {
      if (to == entries.size() || !haveSameKeys(entries.get(from), entries.get(to))) {
        signSome(entries.subList(from, to), signed);
        from = to;
      }
    }
    return signed;
  }

  /** Signs an entry together with who else comes to it; returns whether the actor is to be told that it can be completed. */
  boolean sign(Signing signing) {
    Optional<Keys> keys = keys(signing.entry());
    if (keys.isEmpty()) {
      return signing.end(Optional.empty());
    }
    byte[] message = signing.entry().canonicalBytes();
    Signature byAuthor = keys.get().author().sign(message);
    if (signing.takeNamespace()) {
      signing.addNamespace(keys.get().namespace().sign(message));
    }
    return signing.endAuthor(byAuthor);
  }

  private record Keys(NamespaceSecret namespace, Author author) {}

  /** Both keys of an entry that the actor does not refuse, if they are at hand. */
  private Optional<Keys> keys(Entry entry) {
    Author author = authors.get(entry.id().author());
    return LocalWrite.isWritable(entry)
            && author != null
            && capabilities.get(entry.id().namespace()) instanceof Capability.Write write
        ? Optional.of(new Keys(write.secret(), author))
        : Optional.empty();
  }

  private static boolean haveSameKeys(Entry one, Entry other) {
    return one.id().namespace().equals(other.id().namespace())
        && one.id().author().equals(other.id().author())
        && LocalWrite.isWritable(one) == LocalWrite.isWritable(other);
  }

  private void signSome(List<Entry> entries, List<Optional<SignedEntry>> signed) {
    Optional<Keys> keys = keys(entries.get(0));
    if (keys.isPresent()) {
      Entry.signAll(entries, keys.get().namespace(), keys.get().author()).forEach(entry -> signed.add(Optional.of(entry)));
    } else {
      entries.forEach(entry -> signed.add(Optional.empty()));
    }
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
