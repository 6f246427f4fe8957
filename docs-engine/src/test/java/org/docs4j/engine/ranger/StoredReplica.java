package org.docs4j.engine.ranger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.engine.memory.MemoryStoreProvider;
import org.docs4j.engine.replica.KeyValueReplicaStore;
import org.docs4j.engine.replica.ReplicaStore;
import org.docs4j.engine.replica.ReplicaWriter;

/** The real replica store in memory with one document, in one transaction that is never committed. */
public final class StoredReplica implements Replica {
  private final NamespaceId namespace;
  private final ReplicaStore store;
  private final ReplicaWriter writer;

  /** Opens an empty one. */
  public StoredReplica(NamespaceId namespace) {
    this.namespace = namespace;
    this.store =
        KeyValueReplicaStore.open(
            new MemoryStoreProvider()
                .open(new StoreConfig(Optional.empty(), KeyValueReplicaStore.tables(), Map.of())));
    this.writer = store.write();
    writer.putCapability(new Capability.Read(namespace));
  }

  @Override
  public Optional<SignedEntry> put(SignedEntry entry) {
    InsertOutcome outcome = writer.put(entry, removed -> {});
    return outcome instanceof InsertOutcome.Obsolete obsolete ? Optional.of(obsolete.parent()) : Optional.empty();
  }

  @Override
  public RangeView view() {
    return writer.range(namespace);
  }

  @Override
  public List<SignedEntry> all() {
    List<SignedEntry> all = new ArrayList<>();
    Optional<Segment> rest = Optional.of(new Segment(Bound.start(), Bound.end()));
    while (rest.isPresent()) {
      EntryPage page = view().entries(rest.get(), 1000);
      all.addAll(page.entries());
      rest = page.more() ? rest.get().after(all.get(all.size() - 1).id()) : Optional.empty();
    }
    return all;
  }

  /** The newest timestamp of each author. */
  public AuthorHeads heads() {
    return writer.heads(namespace);
  }

  @Override
  public void close() {
    writer.close();
    store.close();
  }
}
