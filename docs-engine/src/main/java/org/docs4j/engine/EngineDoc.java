package org.docs4j.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.docs4j.api.Doc;
import org.docs4j.api.DocTicket;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.InvalidEntryException;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.ReadOnlyReplicaException;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.ValidationFailure;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.blobs.ImportMode;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.docs4j.engine.actor.ReplicaHandle;
import org.docs4j.engine.actor.SyncHandle;
import org.docs4j.engine.live.LiveActor;

/** An open document of a {@link DocsEngine}. */
final class EngineDoc implements Doc {
  private final DocsEngine engine;
  private final NamespaceId id;
  private final ReplicaHandle handle;
  private volatile boolean closed;

  EngineDoc(DocsEngine engine, ReplicaHandle handle) {
    this.engine = engine;
    this.id = handle.namespace();
    this.handle = handle;
  }

  private SyncHandle sync() {
    checkOpen();
    return engine.sync();
  }

  private LiveActor live() {
    checkOpen();
    return engine.live();
  }

  private BlobStore content() {
    checkOpen();
    return engine.blobs();
  }

  private void checkOpen() {
    if (closed) {
      throw new ReplicaClosedException("this handle of document " + id.shortText() + " is closed");
    }
    engine.checkOpen();
  }

  @Override
  public NamespaceId id() {
    return id;
  }

  @Override
  public Capability.Kind access() {
    return capability().kind();
  }

  private Capability capability() {
    return Await.result(sync().capability(id));
  }

  private void checkWritable() {
    if (access() == Capability.Kind.READ) {
      throw new ReadOnlyReplicaException("the document " + id.shortText() + " is held with the right to read only");
    }
  }

  @Override
  public LocalInsert set(AuthorId author, Key key, byte[] value) {
    if (value.length == 0) {
      throw new InvalidEntryException(ValidationFailure.EMPTY_CONTENT);
    }
    checkWritable();
    return write(author, key, store -> store.add(value));
  }

  @Override
  public LocalInsert setHash(AuthorId author, Key key, Hash hash, long length) {
    checkLength(length);
    return Await.result(sync().insertLocal(id, author, key, hash, length));
  }

  @Override
  public CompletableFuture<LocalInsert> setHashAsync(AuthorId author, Key key, Hash hash, long length) {
    checkLength(length);
    return engine.callbacks().away(sync().insertLocalLater(id, author, key, hash, length));
  }

  private static void checkLength(long length) {
    if (length < 0) {
      throw new IllegalArgumentException("the length of content is at least 1, not " + length);
    }
  }

  @Override
  public LocalInsert setFile(AuthorId author, Key key, Path file, ImportMode mode, ProgressListener progress) {
    checkWritable();
    return write(author, key, store -> store.add(file, mode, progress));
  }

  /** Adds content and the entry that names it, with nobody collecting garbage between the two. */
  private LocalInsert write(AuthorId author, Key key, Function<BlobStore, BlobInfo> adding) {
    ContentWrites.Write write = engine.writes().begin();
    try (write) {
      BlobInfo blob = adding.apply(content());
      return setHash(author, key, blob.hash(), blob.size());
    }
  }

  @Override
  public LocalInsert delete(AuthorId author, Key prefix) {
    return Await.result(sync().deletePrefix(id, author, prefix));
  }

  @Override
  public Optional<Entry> get(AuthorId author, Key key) {
    return Await.result(sync().getExact(id, author, key, false));
  }

  @Override
  public Stream<Entry> query(Query query) {
    return StreamSupport.stream(new PagedQuery(sync(), id, query), false);
  }

  @Override
  public byte[] content(Entry entry, int maxBytes) {
    return content().read(entry.record().hash(), maxBytes);
  }

  @Override
  public void export(Entry entry, Path target, ProgressListener progress) {
    content().export(entry.record().hash(), target, progress);
  }

  @Override
  public void startSync(List<EndpointAddr> peers) {
    Await.result(live().startSync(id, peers));
  }

  @Override
  public void leave() {
    Await.result(live().leave(id));
  }

  @Override
  public DocTicket share(Capability.Kind kind) {
    Capability shared =
        kind == Capability.Kind.WRITE
            ? new Capability.Write(Await.result(sync().exportSecretKey(id)))
            : new Capability.Read(id);
    startSync(List.of());
    return new DocTicket(shared, List.of(engine.addr()));
  }

  @Override
  public LiveEvents subscribe() {
    return live().subscribe(id);
  }

  @Override
  public DownloadPolicy downloadPolicy() {
    return Await.result(sync().downloadPolicy(id));
  }

  @Override
  public void setDownloadPolicy(DownloadPolicy policy) {
    Await.result(sync().setDownloadPolicy(id, policy));
  }

  @Override
  public long count() {
    return Await.result(sync().count(id));
  }

  @Override
  public AuthorId defaultAuthor() {
    return engine.authors().defaultAuthor();
  }

  @Override
  public void close() {
    closed = true;
    // Giving it back once more, or to a node that is closed, does nothing, so nobody has to wait for it.
    engine.sync().close(handle);
  }
}
