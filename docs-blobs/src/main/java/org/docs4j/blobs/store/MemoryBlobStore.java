package org.docs4j.blobs.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.docs4j.api.BlobException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.BlobStatus;
import org.docs4j.api.spi.blobs.BlobsConfig;
import org.docs4j.api.spi.blobs.ImportMode;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.docs4j.blobs.bao.BaoTree;
import org.docs4j.blobs.bao.OutboardBuilder;

/** A store that keeps everything in memory, up to a limit; files are copied, whatever the mode. */
public final class MemoryBlobStore extends BaseStore {
  private final Map<Hash, MemoryBlob> blobs = new ConcurrentHashMap<>();
  private final Map<Hash, MemoryBlob> partials = new ConcurrentHashMap<>();
  private final Set<Hash> arriving = new HashSet<>();
  private final MemoryRoom room;

  /** An empty store. */
  public MemoryBlobStore(BlobsConfig config) {
    super(config.environment(), BlobsOptions.parse(config.options()));
    this.room = new MemoryRoom(options().memoryBytes());
  }

  @Override
  public BlobStatus status(Hash hash) {
    MemoryBlob blob = blobs.get(hash);
    if (blob != null) {
      return new BlobStatus.Complete(blob.size());
    }
    MemoryBlob partial = partials.get(hash);
    return partial == null ? new BlobStatus.Missing() : new BlobStatus.Partial(partial.size());
  }

  @Override
  public BlobInfo add(byte[] content) {
    return add(new ByteArrayInputStream(content), ProgressListener.NONE);
  }

  @Override
  public BlobInfo add(Path file, ImportMode mode, ProgressListener progress) {
    try (InputStream in = Files.newInputStream(file)) {
      return add(in, Files.size(file), progress);
    } catch (IOException e) {
      throw new BlobException("the file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public BlobInfo add(InputStream content, ProgressListener progress) {
    return add(content, -1, progress);
  }

  private BlobInfo add(InputStream content, long total, ProgressListener progress) {
    Running running = begin();
    try (running) {
      Segments data = new Segments(room);
      Segments outboard = new Segments(room);
      boolean stored = false;
      try {
        byte[] group = new byte[BaoTree.GROUP_BYTES];
        int length;
        do {
          length = content.readNBytes(group, 0, group.length);
          data.write(data.size(), group, 0, length);
          progress.onProgress(data.size(), total);
        } while (length == group.length);
        MemoryBlob blob = new MemoryBlob(data.size(), data, outboard);
        Hash hash = outboard(blob);
        stored = publish(hash, blob);
        return new BlobInfo(hash, blob.size());
      } catch (IOException e) {
        throw new BlobException("what is to be stored cannot be read: " + e.getMessage(), e);
      } finally {
        if (!stored) {
          data.giveBack();
          outboard.giveBack();
        }
      }
    }
  }

  private static Hash outboard(MemoryBlob blob) {
    BaoTree tree = new BaoTree(blob.size());
    Map<Long, byte[]> parents = new HashMap<>();
    OutboardBuilder builder = new OutboardBuilder(tree, parents::put);
    byte[] group = new byte[BaoTree.GROUP_BYTES];
    for (long i = 0; i < tree.groups(); i++) {
      int length = (int) Math.min(group.length, blob.size() - i * group.length);
      blob.data(i * group.length, group, 0, length);
      builder.group(OutboardBuilder.groupHash(group, 0, length, i, tree.groups() == 1));
    }
    for (long i = 0; i < parents.size(); i++) {
      blob.outboard().write(i * BaoTree.PARENT_BYTES, parents.get(i), 0, BaoTree.PARENT_BYTES);
    }
    return builder.root();
  }

  MemoryBlob newBlob(long claimed) {
    return new MemoryBlob(claimed, room);
  }

  /** Makes a blob known as complete, unless it is already; returns whether this one is kept. */
  boolean publish(Hash hash, MemoryBlob blob) {
    synchronized (lock) {
      leases.touch(hash);
      return blobs.putIfAbsent(hash, blob) == null;
    }
  }

  @Override
  public Optional<BlobSink> sink(Hash hash) {
    Running running = begin();
    try (running) {
      synchronized (lock) {
        if (blobs.containsKey(hash)) {
          leases.touch(hash);
          return Optional.empty();
        }
        if (!arriving.add(hash)) {
          throw new BlobException("blob " + hash.shortText() + " is being fetched already");
        }
        leases.acquire(hash);
        return Optional.of(new MemorySink(this, hash, Optional.ofNullable(partials.get(hash))));
      }
    }
  }

  /** Takes what a sink did not complete. */
  void closed(Hash hash, Optional<MemoryBlob> leftover) {
    synchronized (lock) {
      arriving.remove(hash);
      leases.release(hash);
      partials.remove(hash);
      if (leftover.filter(blob -> blob.data().size() > 0 && !blobs.containsKey(hash)).isPresent()) {
        partials.put(hash, leftover.get());
      } else {
        leftover.ifPresent(MemoryBlob::giveBack);
      }
    }
  }

  @Override
  Optional<BlobSource> openSource(Hash hash) {
    return Optional.ofNullable(blobs.get(hash));
  }

  @Override
  Set<Hash> hashes() {
    Set<Hash> all = new HashSet<>(blobs.keySet());
    all.addAll(partials.keySet());
    return all;
  }

  @Override
  boolean delete(Hash hash) {
    Optional.ofNullable(partials.remove(hash)).ifPresent(MemoryBlob::giveBack);
    Optional<MemoryBlob> blob = Optional.ofNullable(blobs.remove(hash));
    blob.ifPresent(MemoryBlob::giveBack);
    return blob.isPresent();
  }

  @Override
  void tidy() {}

  @Override
  void saveTags() {}

  @Override
  public void sync() {
    begin().close();
  }

  @Override
  void release() {
    blobs.clear();
    partials.clear();
  }
}
