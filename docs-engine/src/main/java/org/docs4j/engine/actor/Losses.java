package org.docs4j.engine.actor;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.docs4j.api.StoreException;
import org.docs4j.api.model.NamespaceId;

/**
 * The documents whose changes were lost with a group that could not be committed, and who has not heard of it yet: the
 * application and a session, each once (DECISIONS 54). For the actor's thread.
 */
final class Losses {
  private final Set<NamespaceId> changed = new TreeSet<>();
  private final Map<Asker, Map<NamespaceId, Throwable>> untold =
      Map.of(Asker.APPLICATION, new TreeMap<>(), Asker.SESSION, new TreeMap<>());

  /** The group has changes of a document. */
  void noteChange(NamespaceId namespace) {
    changed.add(namespace);
  }

  /** The group is committed. */
  void keep() {
    changed.clear();
  }

  /** The group is lost. */
  void lose(Throwable cause) {
    untold.values().forEach(of -> changed.forEach(namespace -> of.put(namespace, cause)));
    changed.clear();
  }

  /**
   * Tells whoever asks about a document of its loss, once.
   *
   * @throws StoreException if there is one that was not told yet
   */
  void throwUntold(NamespaceId namespace, Asker asker) {
    if (asker == Asker.NODE) {
      return;
    }
    Throwable cause = untold.get(asker).remove(namespace);
    if (cause != null) {
      throw failure("the last changes to the document " + namespace.shortText() + " were lost", cause);
    }
  }

  /** What whoever loses something is told. */
  static StoreException failure(String what, Throwable cause) {
    return new StoreException(what + ": " + cause.getMessage(), cause);
  }
}
