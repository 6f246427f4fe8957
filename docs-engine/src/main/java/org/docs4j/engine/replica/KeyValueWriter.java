package org.docs4j.engine.replica;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.docs4j.engine.index.IndexWriter;
import org.jspecify.annotations.Nullable;

/** All replicas in the write transaction. After an exception of the store it can only be closed. */
final class KeyValueWriter extends KeyValueReader implements ReplicaWriter {
  private static final int MAX_USEFUL_PEERS = 5;
  private static final int OPEN_INDEXES = 32;
  private static final byte[] NONE = new byte[0];

  private final WriteTxn txn;
  private final LongKeys layout;
  private final Remembered remembered;
  private final LongKeyWriter.ChainNumbers numbers;
  private final Heads heads;
  private final Inserter inserter;
  private final LinkedHashMap<NamespaceId, IndexWriter> indexes = new LinkedHashMap<>(16, 0.75f, true);
  private int unsigned;
  private boolean committed;

  KeyValueWriter(WriteTxn txn, LongKeys layout, Remembered remembered) {
    this(txn, layout, remembered, new LongKeyWriter.ChainNumbers(txn));
  }

  private KeyValueWriter(WriteTxn txn, LongKeys layout, Remembered remembered, LongKeyWriter.ChainNumbers numbers) {
    this(
        txn,
        layout,
        remembered,
        numbers,
        new LongKeyWriter(txn, Tables.RECORDS, layout, numbers),
        new LongKeyWriter(txn, Tables.BY_KEY, layout, numbers));
  }

  private KeyValueWriter(
      WriteTxn txn,
      LongKeys layout,
      Remembered remembered,
      LongKeyWriter.ChainNumbers numbers,
      LongKeyWriter records,
      LongKeyWriter byKey) {
    super(txn, records, byKey, remembered.changes());
    this.txn = txn;
    this.layout = layout;
    this.remembered = remembered;
    this.numbers = numbers;
    this.heads = new Heads(txn);
    this.inserter = new Inserter(records, byKey, heads, remembered);
  }

  @Override
  IndexWriter index(NamespaceId namespace) {
    @Nullable IndexWriter open = indexes.get(namespace);
    if (open != null) {
      return open;
    }
    if (indexes.size() >= OPEN_INDEXES) {
      NamespaceId eldest = indexes.keySet().iterator().next();
      indexes.remove(eldest).flush();
    }
    IndexWriter index =
        new IndexWriter(
            new DocumentRows.WritableNodes(namespace, txn),
            new DocumentRows.Records(namespace.toByteArray(), scan()));
    indexes.put(namespace, index);
    return index;
  }

  @Override
  public Optional<AuthorId> heads(
      NamespaceId namespace, Optional<AuthorId> after, BooleanSupplier pause, BiConsumer<AuthorId, Timestamp> sink) {
    heads.flush();
    return super.heads(namespace, after, pause, sink);
  }

  @Override
  public Optional<Timestamp> head(NamespaceId namespace, AuthorId author) {
    Heads.Head head = heads.of(namespace, author);
    return head.isNew() ? Optional.empty() : Optional.of(head.newest());
  }

  @Override
  boolean isCovered(RecordIdentifier id) {
    return heads.of(id.namespace(), id.author()).covered();
  }

  @Override
  public boolean putCapability(Capability capability) {
    Optional<Capability> known = capability(capability.id());
    if (known.isPresent() && known.get().kind().compareTo(capability.kind()) >= 0) {
      return false;
    }
    txn.put(Tables.NAMESPACES, capability.id().toByteArray(), SmallRows.encode(capability));
    return true;
  }

  @Override
  public boolean drop(NamespaceId namespace, BooleanSupplier pause) {
    indexes.remove(namespace);
    heads.drop(namespace);
    txn.delete(Tables.NAMESPACES, namespace.toByteArray());
    txn.delete(Tables.SYNCING, namespace.toByteArray());
    List<LongKeyWriter> tables = DocumentDrop.TABLES.stream().map(this::table).toList();
    remembered.changes().forget(namespace);
    boolean all = remembered.progress().drop(namespace).goOn(tables, pause);
    if (all) {
      remembered.progress().done(namespace);
    }
    return all;
  }

  /** Keys that are shorter than a segment, as those of all small tables, are rows as they are. */
  private LongKeyWriter table(Table table) {
    return new LongKeyWriter(txn, table, layout, numbers);
  }

  @Override
  public void putAuthor(Author author) {
    txn.put(Tables.AUTHORS, author.id().toByteArray(), author.toByteArray());
  }

  @Override
  public boolean deleteAuthor(AuthorId author) {
    return txn.delete(Tables.AUTHORS, author.toByteArray());
  }

  @Override
  public Optional<InsertOutcome> put(SignedEntry entry, Consumer<SignedEntry> removed, BooleanSupplier pause) {
    return inserter.put(entry, index(entry.id().namespace()), scan(), removed, pause);
  }

  @Override
  public boolean isNewest(NamespaceId namespace, Timestamp timestamp) {
    return heads.isNewest(namespace, timestamp);
  }

  @Override
  public Optional<Unsigned> putUnsigned(Entry entry) {
    Optional<Unsigned> put = inserter.putUnsigned(entry, index(entry.id().namespace()), scan());
    return put.map(
        place -> {
          unsigned++;
          return signature -> {
            place.sign(signature);
            unsigned--;
          };
        });
  }

  @Override
  public void mark(Unfinished work) {
    txn.put(Tables.META, UnfinishedRows.key(work.namespace()), UnfinishedRows.encode(work));
  }

  @Override
  public void unmark(NamespaceId namespace) {
    txn.delete(Tables.META, UnfinishedRows.key(namespace));
  }

  @Override
  public void putUsefulPeer(NamespaceId namespace, EndpointAddr peer, boolean proved) {
    List<EndpointId> before = usefulPeers(namespace);
    RankedPeers peers = new RankedPeers(MAX_USEFUL_PEERS, before);
    if (!peers.note(peer.id(), proved)) {
      return;
    }
    List<EndpointId> now = peers.ranked();
    before.stream()
        .filter(known -> !now.contains(known))
        .forEach(gone -> txn.delete(Tables.PEERS, RowKeys.pair(namespace, gone.bytes())));
    txn.put(Tables.USEFUL_PEERS, namespace.toByteArray(), SmallRows.encode(now));
    if (!peer.addresses().isEmpty()) {
      txn.put(Tables.PEERS, RowKeys.pair(namespace, peer.id().bytes()), SmallRows.encode(peer));
    }
  }

  @Override
  public void putPolicy(NamespaceId namespace, DownloadPolicy policy) {
    txn.put(Tables.POLICIES, namespace.toByteArray(), SmallRows.encode(policy));
  }

  @Override
  public void putWanted(NamespaceId namespace, Hash hash) {
    txn.put(Tables.WANTED, RowKeys.pair(namespace, hash.bytes()), NONE);
  }

  @Override
  public void deleteWanted(NamespaceId namespace, Hash hash) {
    txn.delete(Tables.WANTED, RowKeys.pair(namespace, hash.bytes()));
  }

  @Override
  public void putSyncing(NamespaceId namespace, boolean syncing) {
    if (syncing) {
      txn.put(Tables.SYNCING, namespace.toByteArray(), NONE);
    } else {
      txn.delete(Tables.SYNCING, namespace.toByteArray());
    }
  }

  @Override
  public void commit(Durability durability) {
    try {
      if (unsigned > 0) {
        throw new IllegalStateException(unsigned + " entries are not signed");
      }
      heads.flush();
      indexes.values().forEach(IndexWriter::flush);
      txn.commit(durability);
      committed = true;
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    if (!committed) {
      remembered.forget();
    }
    super.close();
  }
}
