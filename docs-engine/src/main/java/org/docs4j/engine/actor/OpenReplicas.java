package org.docs4j.engine.actor;

import java.util.HashMap;
import java.util.Map;
import org.docs4j.api.model.NamespaceId;
import org.jspecify.annotations.Nullable;

/** The replicas that somebody has open, counted by their handles. */
final class OpenReplicas {
  private final Map<NamespaceId, OpenReplica> replicas = new HashMap<>();
  private long handles;

  @Nullable OpenReplica find(NamespaceId namespace) {
    return replicas.get(namespace);
  }

  ReplicaHandle open(NamespaceId namespace, OpenOptions options) {
    OpenReplica replica = replicas.computeIfAbsent(namespace, id -> new OpenReplica());
    ReplicaHandle handle = new ReplicaHandle(namespace, ++handles);
    replica.add(handle.number());
    if (options.sync()) {
      replica.setSync(true);
    }
    options.subscriber().ifPresent(replica::subscribe);
    return handle;
  }

  /** Gives a handle up; returns whether nobody has the replica open any more because of that. */
  boolean close(ReplicaHandle handle) {
    OpenReplica replica = replicas.get(handle.namespace());
    if (replica != null && replica.remove(handle.number())) {
      replicas.remove(handle.namespace());
      return true;
    }
    return false;
  }

  /** Closes all handles of a replica. */
  void closeAll(NamespaceId namespace) {
    replicas.remove(namespace);
  }

  void setSync(NamespaceId namespace, boolean sync) {
    OpenReplica replica = replicas.get(namespace);
    if (replica != null) {
      replica.setSync(sync);
    }
  }

  void tell(ReplicaEvent event) {
    OpenReplica replica = replicas.get(event.namespace());
    if (replica != null) {
      replica.tell(event);
    }
  }
}
