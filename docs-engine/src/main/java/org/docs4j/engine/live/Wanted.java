package org.docs4j.engine.live;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;

/** One content that the {@link ContentQueue} keeps. */
final class Wanted {
  final Set<NamespaceId> namespaces = new TreeSet<>();
  private final LinkedHashSet<EndpointId> providers = new LinkedHashSet<>();

  /** Whether it is being fetched. */
  boolean running;

  /** Whether it was tried until no provider was left, and so holds nothing up any more. */
  boolean settled;

  /** Whether a time has been set to try it again. */
  boolean timed;

  private int attempts;

  void add(Collection<EndpointId> peers) {
    for (EndpointId peer : peers) {
      if (providers.size() < ContentQueue.MAX_PROVIDERS) {
        providers.add(peer);
      }
    }
  }

  boolean hasProviders() {
    return !providers.isEmpty();
  }

  List<EndpointId> takeProviders() {
    List<EndpointId> taken = List.copyOf(providers);
    providers.clear();
    return taken;
  }

  int countAttempt() {
    return attempts++;
  }
}
