package org.docs4j.engine.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.Query;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.engine.index.RangeIndex;
import org.docs4j.engine.index.Recent;
import org.docs4j.engine.ranger.RangeView;
import org.jspecify.annotations.Nullable;

/** All replicas in one transaction. */
class KeyValueReader implements ReplicaReader {
  private static final int KEPT_INDEXES = 16;
  private static final byte[] NONE = new byte[0];

  private final ReadTxn txn;
  private final LongKeyTable records;
  private final LongKeyTable byKey;
  private final RecentChanges changes;
  private final Map<NamespaceId, RangeIndex> indexes = new Recent<>(KEPT_INDEXES);
  private @Nullable LongKeyCursor scan;

  KeyValueReader(ReadTxn txn, LongKeys layout, RecentChanges changes) {
    this(txn, new LongKeyTable(txn, Tables.RECORDS, layout), new LongKeyTable(txn, Tables.BY_KEY, layout), changes);
  }

  KeyValueReader(ReadTxn txn, LongKeyTable records, LongKeyTable byKey, RecentChanges changes) {
    this.txn = txn;
    this.records = records;
    this.byKey = byKey;
    this.changes = changes;
  }

  /** What was put last, also if that is not in this transaction. */
  final RecentChanges changes() {
    return changes;
  }

  @Override
  public final Optional<Capability> capability(NamespaceId namespace) {
    return txn.get(Tables.NAMESPACES, namespace.toByteArray()).map(row -> SmallRows.capability(namespace, row));
  }

  @Override
  public final List<Capability> capabilities() {
    List<Capability> capabilities = new ArrayList<>();
    forEach(
        Tables.NAMESPACES,
        NONE,
        (key, row) -> capabilities.add(SmallRows.capability(new NamespaceId(id(key, 0)), row)));
    return capabilities;
  }

  @Override
  public final Optional<Author> author(AuthorId author) {
    return txn.get(Tables.AUTHORS, author.toByteArray())
        .map(
            seed -> {
              if (seed.length != Bytes32.SIZE) {
                throw new StoreCorruptedException("the secret of an author cannot be read");
              }
              Author known = Author.of(seed);
              if (!known.id().equals(author)) {
                throw new StoreCorruptedException("the secret of an author is that of another one");
              }
              return known;
            });
  }

  @Override
  public final List<AuthorId> authors() {
    List<AuthorId> authors = new ArrayList<>();
    forEach(Tables.AUTHORS, NONE, (key, row) -> authors.add(new AuthorId(id(key, 0))));
    return authors;
  }

  @Override
  public final Optional<SignedEntry> get(RecordIdentifier id) {
    return records.get(id.encode()).map(row -> RecordRow.decode(id, row));
  }

  @Override
  public final Page page(
      NamespaceId namespace, Query query, Optional<PageMark> from, int max, BooleanSupplier pause) {
    if (max < 1) {
      throw new IllegalArgumentException("a page has at least one entry");
    }
    PageCollector page = new PageCollector(query, from.map(PageMark::skip).orElse(query.offset()), max, pause);
    boolean byAuthor = query.kind() == Query.Kind.FLAT && query.sort() == Query.Sort.AUTHOR_KEY;
    if (byAuthor || query.author().isPresent()) {
      try (LongKeyCursor cursor = records.cursor()) {
        new AuthorScan(cursor, namespace, query).scan(from.map(PageMark::at), page);
      }
    } else {
      try (LongKeyCursor cursor = byKey.cursor()) {
        new KeyScan(cursor, records, namespace, query).scan(from, page);
      }
    }
    return page.page();
  }

  @Override
  public final RangeView range(NamespaceId namespace) {
    return new StoredRange(this, namespace);
  }

  @Override
  public final long count(NamespaceId namespace) {
    return index(namespace).total().count();
  }

  @Override
  public Optional<AuthorId> heads(
      NamespaceId namespace, Optional<AuthorId> after, BooleanSupplier pause, BiConsumer<AuthorId, Timestamp> sink) {
    byte[] document = namespace.toByteArray();
    byte[] start = after.map(author -> RowKeys.next(RowKeys.owner(namespace, author))).orElse(document);
    try (Cursor cursor = txn.cursor(Tables.HEADS)) {
      boolean found = cursor.seekCeiling(start);
      while (found && RowKeys.startsWith(cursor.key(), document)) {
        AuthorId author = new AuthorId(id(cursor.key(), Bytes32.SIZE));
        sink.accept(author, Heads.decode(cursor.value()));
        if (pause.getAsBoolean()) {
          return Optional.of(author);
        }
        found = cursor.next();
      }
    }
    return Optional.empty();
  }

  @Override
  public final NewestAround newestAround(RecordIdentifier id, NewestAround from, BooleanSupplier pause) {
    Optional<Timestamp> newest = from.newest();
    byte[] exact = RowKeys.byKeyExact(id.namespace(), id.key());
    byte[] start =
        from.paused()
            .map(author -> RowKeys.next(RowKeys.byKey(new RecordIdentifier(id.namespace(), author, id.key()))))
            .orElse(exact);
    try (LongKeyCursor cursor = byKey.cursor()) {
      boolean found = cursor.seekCeiling(start);
      while (found && RowKeys.startsWith(cursor.key(), exact)) {
        RecordIdentifier at = RowKeys.fromByKey(cursor.key());
        newest = newer(newest, KeyScan.record(records, at));
        found = cursor.next();
        if (found && pause.getAsBoolean()) {
          return new NewestAround(newest, Optional.of(at.author()));
        }
      }
    }
    Optional<Parents.Parent> parent = Parents.of(scan(), id.encode(), isCovered(id));
    return new NewestAround(parent.isPresent() ? newer(newest, parent.get().row()) : newest, Optional.empty());
  }

  private static Optional<Timestamp> newer(Optional<Timestamp> newest, byte[] row) {
    Timestamp seen = RecordRow.timestamp(row);
    return newest.isEmpty() || seen.isAfter(newest.get()) ? Optional.of(seen) : newest;
  }

  @Override
  public Optional<Timestamp> head(NamespaceId namespace, AuthorId author) {
    return txn.get(Tables.HEADS, RowKeys.owner(namespace, author)).map(Heads::decode);
  }

  /** Whether the marks of an author's nested entries cannot be trusted. */
  boolean isCovered(RecordIdentifier id) {
    return txn.get(Tables.HEADS, RowKeys.owner(id.namespace(), id.author())).map(Heads::isCovered).orElse(false);
  }

  @Override
  public final List<EndpointId> usefulPeers(NamespaceId namespace) {
    return txn.get(Tables.USEFUL_PEERS, namespace.toByteArray()).map(SmallRows::peers).orElse(List.of());
  }

  @Override
  public final Optional<EndpointAddr> peer(NamespaceId namespace, EndpointId peer) {
    return txn.get(Tables.PEERS, RowKeys.pair(namespace, peer.bytes()))
        .or(() -> txn.get(Tables.PEERS, peer.toByteArray())) // of format 1 or 2, in a store that is only read
        .map(row -> SmallRows.peer(peer, row));
  }

  @Override
  public final DownloadPolicy policy(NamespaceId namespace) {
    return txn.get(Tables.POLICIES, namespace.toByteArray())
        .map(SmallRows::policy)
        .orElse(DownloadPolicy.everything());
  }

  @Override
  public final Optional<Hash> wanted(
      NamespaceId namespace, Optional<Hash> after, BooleanSupplier pause, Consumer<Hash> sink) {
    byte[] document = namespace.toByteArray();
    byte[] start = after.map(hash -> RowKeys.next(RowKeys.pair(namespace, hash.bytes()))).orElse(document);
    try (Cursor cursor = txn.cursor(Tables.WANTED)) {
      boolean found = cursor.seekCeiling(start);
      while (found && RowKeys.startsWith(cursor.key(), document)) {
        Hash hash = new Hash(id(cursor.key(), Bytes32.SIZE));
        sink.accept(hash);
        if (pause.getAsBoolean()) {
          return Optional.of(hash);
        }
        found = cursor.next();
      }
    }
    return Optional.empty();
  }

  @Override
  public final List<NamespaceId> syncing() {
    List<NamespaceId> syncing = new ArrayList<>();
    forEach(Tables.SYNCING, NONE, (key, row) -> syncing.add(new NamespaceId(id(key, 0))));
    return syncing;
  }

  @Override
  public final List<Unfinished> unfinished() {
    List<Unfinished> works = new ArrayList<>();
    forEach(Tables.META, UnfinishedRows.PREFIX, (key, row) -> works.add(UnfinishedRows.decode(key, row)));
    return works;
  }

  @Override
  public final void contentHashes(Consumer<Hash> sink) {
    LongKeyCursor cursor = scan();
    boolean found = cursor.seekCeiling(NONE);
    while (found) {
      Hash hash = RecordRow.hash(cursor.value());
      if (!hash.equals(Hash.EMPTY)) {
        sink.accept(hash);
      }
      found = cursor.next();
    }
  }

  @Override
  public void close() {
    if (scan != null) {
      scan.close();
    }
    txn.close();
  }

  /** The cursor over the records that questions share; whoever takes it is done with it before the next one does. */
  final LongKeyCursor scan() {
    if (scan == null) {
      scan = records.cursor();
    }
    return scan;
  }

  /** The range index of a document. */
  RangeIndex index(NamespaceId namespace) {
    return indexes.computeIfAbsent(
        namespace,
        id -> new RangeIndex(new DocumentRows.Nodes(id, txn), new DocumentRows.Records(id.toByteArray(), scan())));
  }

  /** Shows the rows whose keys begin with the given bytes, in order, until the visitor has seen enough. */
  final void forEach(Table table, byte[] prefix, BiPredicate<byte[], byte[]> visitor) {
    try (Cursor cursor = txn.cursor(table)) {
      boolean found = cursor.seekCeiling(prefix);
      while (found) {
        byte[] key = cursor.key();
        found = RowKeys.startsWith(key, prefix) && visitor.test(key, cursor.value()) && cursor.next();
      }
    }
  }

  private static Bytes32 id(byte[] key, int at) {
    if (key.length != at + Bytes32.SIZE) {
      throw new StoreCorruptedException("a row has a key of " + key.length + " bytes");
    }
    return Bytes32.of(key, at);
  }
}
