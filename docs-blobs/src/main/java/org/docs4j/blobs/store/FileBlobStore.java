package org.docs4j.blobs.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.docs4j.api.BlobException;
import org.docs4j.api.DocsException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.BlobStatus;
import org.docs4j.api.spi.blobs.BlobsConfig;
import org.docs4j.api.spi.blobs.ImportMode;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.blobs.bao.BaoTree;

/** A store in a folder, as the module's README describes it. */
public final class FileBlobStore extends BaseStore {
  /** Blobs up to this many bytes are kept in packs and have no outboard: one group. */
  static final int SMALL_BYTES = BaoTree.GROUP_BYTES;

  private static final System.Logger LOG = System.getLogger(FileBlobStore.class.getName());

  private final StoreFolder folder;
  private final FolderLock folderLock;
  private final BlobIndex index;
  private final SmallPacks packs;
  private final Durable durable;
  private final Map<Hash, Reference> references = new ConcurrentHashMap<>();
  private final Set<Hash> suspects = ConcurrentHashMap.newKeySet();
  private final Set<Hash> arriving = new HashSet<>();
  private final Map<Hash, Long> prefixes = new ConcurrentHashMap<>();

  private FileBlobStore(BlobsConfig config, StoreFolder folder, FolderLock folderLock) throws IOException {
    super(config.environment(), BlobsOptions.parse(config.options()));
    this.folder = folder;
    this.folderLock = folderLock;
    folder.prepare();
    tags.putAll(TagFile.read(folder.tags()));
    packs = new SmallPacks(folder.packs(), options().packBytes());
    index = BlobIndex.open(folder.index());
    durable = new Durable(folder, index, packs, lock);
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

  /**
   * Opens or makes the store in a folder.
   *
   * @throws org.docs4j.api.StoreLockedException if it is open elsewhere
   * @throws org.docs4j.api.StoreVersionException if a newer release wrote it
   * @throws org.docs4j.api.StoreCorruptedException if it is no store, or damaged beyond use
   * @throws BlobException if it cannot be opened for another reason
   */
  public static FileBlobStore open(BlobsConfig config) {
    Path root = config.folder().orElseThrow(() -> new BlobException("the blob store needs a folder"));
    FolderLock taken = FolderLock.acquire(root);
    boolean opened = false;
    try {
      FileBlobStore store = new FileBlobStore(config, new StoreFolder(root), taken);
      opened = true;
      return store;
    } catch (IOException e) {
      throw DiskErrors.translate("the blob store in " + root + " cannot be opened", root, e);
    } finally {
      if (!opened) {
        taken.close();
      }
    }
  }

  StoreFolder folder() {
    return folder;
  }

  @Override
  public BlobStatus status(Hash hash) {
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

  @Override
  public BlobInfo add(byte[] content) {
    return content.length > SMALL_BYTES
        ? add(new ByteArrayInputStream(content), content.length, ProgressListener.NONE)
        : addSmall(Hash.ofContent(content), content);
  }

  @Override
  public BlobInfo add(InputStream content, ProgressListener progress) {
    return add(content, -1, progress);
  }

  @Override
  public BlobInfo add(Path file, ImportMode mode, ProgressListener progress) {
    try (InputStream in = Files.newInputStream(file)) {
      Reference before = Reference.to(file);
      if (mode == ImportMode.COPY || before.size() <= SMALL_BYTES) {
        return add(in, before.size(), progress);
      }
      return addReference(in, before, progress);
    } catch (IOException e) {
      throw new BlobException("the file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private BlobInfo add(InputStream content, long total, ProgressListener progress) {
    Running running = begin();
    try (running) {
      byte[] first = content.readNBytes(SMALL_BYTES + 1);
      if (first.length <= SMALL_BYTES) {
        BlobInfo info = addSmall(Hash.ofContent(first), first);
        progress.onProgress(first.length, total);
        return info;
      }
      try (FileImporter importer = importer(true)) {
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(first), content);
        FileImporter.Imported imported = importer.run(all, total, progress);
        return publish(imported, importer, Optional.empty());
      }
    } catch (IOException e) {
      throw new BlobException("what is to be stored cannot be read: " + e.getMessage(), e);
    }
  }

  private BlobInfo addReference(InputStream content, Reference before, ProgressListener progress) {
    Running running = begin();
    try (running;
        FileImporter importer = importer(false)) {
      FileImporter.Imported imported = importer.run(content, before.size(), progress);
      if (imported.size() != before.size() || !before.isUnchanged()) {
        throw new BlobException("the file " + before.file() + " changed while it was read");
      }
      return publish(imported, importer, Optional.of(before));
    }
  }

  private FileImporter importer(boolean copy) {
    return new FileImporter(folder.temp(), Long.toHexString(environment.random().nextLong()), copy);
  }

  /** Stores a blob whose hash is known to be right. */
  BlobInfo addSmall(Hash hash, byte[] content) {
    Running running = begin();
    try (running) {
      synchronized (lock) {
        leases.touch(hash);
        if (!hasComplete(hash)) {
          put(hash, packs.append(content));
        }
      }
      return new BlobInfo(hash, content.length);
    } catch (IOException e) {
      throw failed("blob " + hash.shortText() + " cannot be stored", e);
    }
  }

  private BlobInfo publish(FileImporter.Imported imported, FileImporter importer, Optional<Reference> reference) {
    Hash hash = imported.hash();
    try {
      synchronized (lock) {
        leases.touch(hash);
        if (!hasComplete(hash)) {
          folder.makeRoomFor(hash);
          FileMoves.replace(importer.outboard(), folder.outboard(hash));
          if (reference.isPresent()) {
            reference.get().write(folder.reference(hash));
            references.put(hash, reference.get());
            put(hash, new Located.Reference(imported.size()));
          } else {
            FileMoves.replace(importer.data(), folder.data(hash));
            put(hash, new Located.Large(imported.size()));
          }
        }
      }
      return new BlobInfo(hash, imported.size());
    } catch (IOException e) {
      throw failed("blob " + hash.shortText() + " cannot be stored", e);
    }
  }

  private boolean hasComplete(Hash hash) {
    return index.find(hash).filter(located -> isComplete(hash, located)).isPresent();
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

  @Override
  public Optional<BlobSink> sink(Hash hash) {
    Running running = begin();
    try (running) {
      Optional<Located> before;
      synchronized (lock) {
        leases.touch(hash);
        before = index.find(hash);
        if (hasComplete(hash)) {
          return Optional.empty();
        }
        if (!arriving.add(hash)) {
          throw new BlobException("blob " + hash.shortText() + " is being fetched already");
        }
        leases.acquire(hash);
      }
      long prefix = before.isPresent() && before.get() instanceof Located.Partial partial ? prefix(hash, partial) : 0;
      return Optional.of(new FileSink(this, hash, prefix));
    }
  }

  /** How much of a partial blob is good; never all of it, so that the last group proves the size once more. */
  private long prefix(Hash hash, Located.Partial partial) {
    long found = prefixes.computeIfAbsent(hash, unused -> checked(hash, partial));
    long groups = Math.min(found / BaoTree.GROUP_BYTES, new BaoTree(partial.size()).groups() - 1);
    return groups * BaoTree.GROUP_BYTES;
  }

  private long checked(Hash hash, Located.Partial partial) {
    try (FileSource source = FileSource.open(partial.size(), folder.data(hash), folder.outboard(hash))) {
      return SelfCheck.verifiedPrefix(hash, source);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "nothing is left of partial blob " + hash.shortText(), e);
      return 0;
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

  void sinkClosed(Hash hash, long prefix) {
    synchronized (lock) {
      arriving.remove(hash);
      leases.release(hash);
      if (prefix > 0) {
        prefixes.put(hash, prefix);
      }
    }
  }

  @Override
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
        delete(hash);
      }
    }
  }

  @Override
  Set<Hash> hashes() {
    return index.entries().keySet();
  }

  @Override
  boolean delete(Hash hash) {
    Optional<Located> located = index.find(hash);
    if (located.isEmpty()) {
      return false;
    }
    try {
      index.remove(hash);
    } catch (IOException e) {
      throw failed("blob " + hash.shortText() + " cannot be deleted", e);
    }
    discount(located.get());
    if (!(located.get() instanceof Located.Small)) {
      folder.deleteFiles(hash);
    }
    references.remove(hash);
    suspects.remove(hash);
    prefixes.remove(hash);
    return !(located.get() instanceof Located.Partial);
  }

  @Override
  void tidy() {
    try {
      durable.compactPacks();
      durable.deleteOrphans();
    } catch (IOException e) {
      throw failed("the blob store in " + folder.root() + " cannot be tidied up", e);
    }
  }

  @Override
  void saveTags() {
    try {
      TagFile.write(folder.tags(), tags);
    } catch (IOException e) {
      throw failed("the tags of the blob store in " + folder.root() + " cannot be written", e);
    }
  }

  @Override
  public void sync() {
    Running running = begin();
    try (running) {
      durable.sync();
    } catch (IOException e) {
      throw failed("the blob store in " + folder.root() + " cannot be made durable", e);
    }
  }

  @Override
  void release() {
    try (folderLock;
        index;
        packs) {
      durable.sync();
    } catch (IOException e) {
      throw failed("the blob store in " + folder.root() + " was not closed well", e);
    }
  }

  private DocsException failed(String what, IOException cause) {
    return DiskErrors.translate(what, folder.root(), cause);
  }
}
