package org.docs4j.blobs.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.blobs.BlobStatus;
import org.docs4j.blobs.bao.BaoTree;

/**
 * What a file store has: which blobs, how much of each, and how to open them. Reading is safe from any thread; changes
 * are made under the store's lock, which the methods take themselves unless they say otherwise.
 */
final class FileCatalog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FileCatalog.class.getName());

  /** How many bytes of suspect blobs are hashed when everything is made durable. */
  private static final long CHECK_BYTES = 256L << 20;

  private final StoreFolder folder;
  private final Object lock;
  private final Leases leases;
  private final BlobIndex index;
  private final SmallPacks packs;
  private final Durable durable;
  private final Map<Hash, Reference> references = new ConcurrentHashMap<>();
  private final Map<Hash, Long> prefixes = new ConcurrentHashMap<>();

  /** Blobs that a process which did not end well left behind: checked when they are opened for the first time. */
  private final Set<Hash> suspects = ConcurrentHashMap.newKeySet();

  FileCatalog(StoreFolder folder, Object lock, Leases leases, long packBytes) throws IOException {
    this.folder = folder;
    this.lock = lock;
    this.leases = leases;
    packs = new SmallPacks(folder.packs(), packBytes);
    index = BlobIndex.open(folder.index());
    durable = new Durable(folder, index, packs, lock, suspects);
    index.compact();
    Set<Hash> unproven = index.unproven();
    index.entries().forEach((hash, located) -> {
      if (located instanceof Located.Small small) {
        packs.count(small);
      } else if (unproven.contains(hash) && !(located instanceof Located.Partial)) {
        suspects.add(hash);
        durable.changed(hash);
      }
    });
  }

  StoreFolder folder() {
    return folder;
  }

  Durable durable() {
    return durable;
  }

  /** All blobs, complete or not. */
  Set<Hash> hashes() {
    return index.entries().keySet();
  }

  /** How much of a blob is here. */
  BlobStatus status(Hash hash) {
    Optional<Located> located = index.find(hash);
    if (located.isEmpty()) {
      return new BlobStatus.Missing();
    }
    if (located.get() instanceof Located.Partial partial) {
      return new BlobStatus.Partial(partial.size());
    }
    return isComplete(hash, located.get()) ? new BlobStatus.Complete(located.get().size()) : new BlobStatus.Missing();
  }

  private boolean isComplete(Hash hash, Located located) {
    return located instanceof Located.Small
        || located instanceof Located.Large
        || (located instanceof Located.Reference && reference(hash).filter(Reference::isUnchanged).isPresent());
  }

  private Optional<Reference> reference(Hash hash) {
    Optional<Reference> known = Optional.ofNullable(references.get(hash));
    if (known.isPresent()) {
      return known;
    }
    try {
      Reference read = Reference.read(folder.reference(hash));
      references.put(hash, read);
      return Optional.of(read);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the reference to blob " + hash.shortText() + " is lost", e);
      return Optional.empty();
    }
  }

  /** Whether all of a blob is here. */
  boolean hasComplete(Hash hash) {
    return index.find(hash).filter(located -> isComplete(hash, located)).isPresent();
  }

  /** Stores a small blob whose hash is known to be right. */
  void addSmall(Hash hash, byte[] content) throws IOException {
    synchronized (lock) {
      leases.touch(hash);
      if (!hasComplete(hash)) {
        put(hash, packs.append(content));
      }
    }
  }

  /** Stores a large blob, whose files move into place. */
  void addLarge(Hash hash, long size, Path data, Path outboard) throws IOException {
    synchronized (lock) {
      leases.touch(hash);
      if (!hasComplete(hash)) {
        folder.makeRoomFor(hash);
        FileMoves.replace(outboard, folder.outboard(hash));
        FileMoves.replace(data, folder.data(hash));
        put(hash, new Located.Large(size));
      }
    }
  }

  /** Stores a large blob whose data stays where it is. */
  void addReference(Hash hash, Reference reference, Path outboard) throws IOException {
    synchronized (lock) {
      leases.touch(hash);
      if (!hasComplete(hash)) {
        folder.makeRoomFor(hash);
        FileMoves.replace(outboard, folder.outboard(hash));
        reference.write(folder.reference(hash));
        references.put(hash, reference);
        put(hash, new Located.Reference(reference.size()));
      }
    }
  }

  /** Notes that files of a blob are about to be written; {@code false} if it was completed otherwise meanwhile. */
  boolean beginPartial(Hash hash, long claimed) throws IOException {
    synchronized (lock) {
      if (hasComplete(hash)) {
        return false;
      }
      Located partial = new Located.Partial(claimed);
      if (!index.find(hash).equals(Optional.of(partial))) {
        folder.makeRoomFor(hash);
        index.find(hash).ifPresent(this::discount);
        index.put(hash, partial);
      }
      return true;
    }
  }

  void completePartial(Hash hash, long size) throws IOException {
    synchronized (lock) {
      leases.touch(hash);
      if (!hasComplete(hash)) {
        put(hash, new Located.Large(size));
      }
    }
  }

  /** How much of a partial blob is good; never all of it, so that the last group proves the size once more. */
  long prefix(Hash hash) {
    if (!(index.find(hash).orElse(new Located.Partial(0)) instanceof Located.Partial partial) || partial.size() == 0) {
      return 0;
    }
    Long known = prefixes.get(hash);
    long found = known == null ? checked(hash, partial) : known;
    return Math.min(found / BaoTree.GROUP_BYTES, new BaoTree(partial.size()).groups() - 1) * BaoTree.GROUP_BYTES;
  }

  /** Remembers how much of a partial blob is good, so that it is not checked again. */
  void rememberPrefix(Hash hash, long bytes) {
    prefixes.put(hash, bytes);
  }

  private long checked(Hash hash, Located.Partial partial) {
    try (FileSource source = FileSource.open(partial.size(), folder.data(hash), folder.outboard(hash))) {
      return SelfCheck.verifiedPrefix(hash, source);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "nothing is left of partial blob " + hash.shortText(), e);
      return 0;
    }
  }

  private void put(Hash hash, Located located) throws IOException {
    index.find(hash).ifPresent(this::discount);
    index.put(hash, located);
    suspects.remove(hash);
    prefixes.remove(hash);
    if (!(located instanceof Located.Small)) {
      durable.changed(hash);
    }
  }

  private void discount(Located located) {
    if (located instanceof Located.Small small) {
      packs.discount(small);
    }
  }

  /** A complete blob, if its bytes are there. */
  Optional<BlobSource> openSource(Hash hash) {
    Optional<Located> located = index.find(hash);
    while (located.isPresent() && isComplete(hash, located.get())) {
      Optional<BlobSource> source = open(hash, located.get());
      if (source.isPresent()) {
        return source;
      }
      forget(hash, located.get());
      located = index.find(hash);
    }
    return Optional.empty();
  }

  private Optional<BlobSource> open(Hash hash, Located located) {
    try {
      if (located instanceof Located.Small small) {
        AppendFile pack;
        synchronized (lock) {
          pack = packs.file(small);
        }
        byte[] content = pack.read(small.offset(), (int) small.size());
        return Hash.ofContent(content).equals(hash) ? Optional.of(new ArraySource(content)) : Optional.empty();
      }
      Path data = located instanceof Located.Reference ? reference(hash).orElseThrow().file() : folder.data(hash);
      FileSource source = FileSource.open(located.size(), data, folder.outboard(hash));
      if (suspects.contains(hash) && SelfCheck.verifiedPrefix(hash, source) != located.size()) {
        source.close();
        return Optional.empty();
      }
      suspects.remove(hash);
      return Optional.of(source);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "blob " + hash.shortText() + " cannot be opened", e);
      return Optional.empty();
    }
  }

  /** Takes a blob out of the index whose bytes are gone or wrong, unless it is elsewhere by now. */
  private void forget(Hash hash, Located located) {
    synchronized (lock) {
      if (index.find(hash).equals(Optional.of(located))) {
        LOG.log(Level.WARNING, "blob {0} is damaged or gone and must be stored again", hash.shortText());
        deleteDamaged(hash);
      }
    }
  }

  private void deleteDamaged(Hash hash) {
    try {
      delete(hash);
    } catch (IOException e) {
      throw DiskErrors.translate("blob " + hash.shortText() + " cannot be deleted", folder.root(), e);
    }
  }

  /** Deletes a blob; returns whether it was complete. The caller holds the lock. */
  boolean delete(Hash hash) throws IOException {
    Optional<Located> located = index.find(hash);
    if (located.isEmpty()) {
      return false;
    }
    index.remove(hash);
    discount(located.get());
    if (!(located.get() instanceof Located.Small)) {
      folder.deleteFiles(hash);
    }
    references.remove(hash);
    suspects.remove(hash);
    prefixes.remove(hash);
    return !(located.get() instanceof Located.Partial);
  }

  /** Makes everything durable, and checks some of the blobs that are suspect: the others stay so. */
  void sync() throws IOException {
    long checked = 0;
    for (Hash hash : suspects) {
      if (checked < CHECK_BYTES) {
        Optional<BlobSource> source = openSource(hash);
        checked += source.map(BlobSource::size).orElse(0L);
        source.ifPresent(BlobSource::close);
      }
    }
    durable.sync();
  }

  @Override
  public void close() throws IOException {
    try (index;
        packs) {
      sync();
    }
  }
}
