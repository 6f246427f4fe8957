package org.docs4j.blobs.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
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

  private final StoreFolder folder;
  private final FolderLock folderLock;
  private final FileCatalog catalog;
  private final Set<Hash> arriving = new HashSet<>();

  private FileBlobStore(BlobsConfig config, StoreFolder folder, FolderLock folderLock) throws IOException {
    super(config.environment(), BlobsOptions.parse(config.options()));
    this.folder = folder;
    this.folderLock = folderLock;
    folder.prepare();
    tags.putAll(TagFile.read(folder.tags()));
    catalog = new FileCatalog(folder, lock, leases, options().packBytes());
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

  FileCatalog catalog() {
    return catalog;
  }

  @Override
  public BlobStatus status(Hash hash) {
    return catalog.status(hash);
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
        BlobInfo imported = importer.run(first, content, total, progress);
        catalog.addLarge(imported.hash(), imported.size(), importer.data(), importer.outboard());
        return imported;
      }
    } catch (IOException e) {
      throw new BlobException("what is to be stored cannot be read: " + e.getMessage(), e);
    }
  }

  private BlobInfo addReference(InputStream content, Reference before, ProgressListener progress) {
    Running running = begin();
    try (running;
        FileImporter importer = importer(false)) {
      BlobInfo imported = importer.run(new byte[0], content, before.size(), progress);
      if (imported.size() != before.size() || !before.isUnchanged()) {
        throw new BlobException("the file " + before.file() + " changed while it was read");
      }
      catalog.addReference(imported.hash(), before, importer.outboard());
      return imported;
    } catch (IOException e) {
      throw failed("the file " + before.file() + " cannot be stored", e);
    }
  }

  /** Stores a blob whose hash is known to be right. */
  BlobInfo addSmall(Hash hash, byte[] content) {
    Running running = begin();
    try (running) {
      catalog.addSmall(hash, content);
      return new BlobInfo(hash, content.length);
    } catch (IOException e) {
      throw failed("blob " + hash.shortText() + " cannot be stored", e);
    }
  }

  private FileImporter importer(boolean copy) {
    return new FileImporter(folder.temp(), Long.toHexString(environment.random().nextLong()), copy);
  }

  @Override
  public Optional<BlobSink> sink(Hash hash) {
    Running running = begin();
    try (running) {
      synchronized (lock) {
        leases.touch(hash);
        if (catalog.hasComplete(hash)) {
          return Optional.empty();
        }
        if (!arriving.add(hash)) {
          throw new BlobException("blob " + hash.shortText() + " is being fetched already");
        }
        leases.acquire(hash);
      }
      return Optional.of(new FileSink(this, hash, catalog.prefix(hash)));
    }
  }

  void sinkClosed(Hash hash, long prefix) {
    synchronized (lock) {
      arriving.remove(hash);
      leases.release(hash);
      if (prefix > 0) {
        catalog.rememberPrefix(hash, prefix);
      }
    }
  }

  @Override
  Optional<BlobSource> openSource(Hash hash) {
    return catalog.openSource(hash);
  }

  @Override
  Set<Hash> hashes() {
    return catalog.hashes();
  }

  @Override
  boolean delete(Hash hash) {
    try {
      return catalog.delete(hash);
    } catch (IOException e) {
      throw failed("blob " + hash.shortText() + " cannot be deleted", e);
    }
  }

  @Override
  void tidy() {
    try {
      catalog.durable().compactPacks();
      catalog.durable().deleteOrphans();
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
      catalog.sync();
    } catch (IOException e) {
      throw failed("the blob store in " + folder.root() + " cannot be made durable", e);
    }
  }

  @Override
  void release() {
    try (folderLock) {
      catalog.close();
    } catch (IOException e) {
      throw failed("the blob store in " + folder.root() + " was not closed well", e);
    }
  }

  private DocsException failed(String what, IOException cause) {
    return DiskErrors.translate(what, folder.root(), cause);
  }
}
