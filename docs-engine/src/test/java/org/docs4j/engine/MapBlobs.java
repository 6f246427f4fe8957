package org.docs4j.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.docs4j.api.BlobException;
import org.docs4j.api.BlobNotFoundException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.BlobStatus;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.blobs.ImportMode;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.docs4j.api.spi.blobs.ProtectCallback;

/** Content in a map; as the seam promises, what is added while a collection runs is kept. */
final class MapBlobs implements BlobStore {
  private final Map<Hash, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, Hash> tags = new TreeMap<>();
  private final List<ProtectCallback> callbacks = new CopyOnWriteArrayList<>();
  private final Set<Hash> touched = ConcurrentHashMap.newKeySet();
  private volatile Runnable afterAdd = () -> {};
  private volatile boolean collecting;

  /** What the adding thread does between storing and returning. */
  void afterAdd(Runnable task) {
    afterAdd = task;
  }

  @Override
  public BlobStatus status(Hash hash) {
    return Optional.ofNullable(blobs.get(hash))
        .<BlobStatus>map(content -> new BlobStatus.Complete(content.length))
        .orElseGet(BlobStatus.Missing::new);
  }

  @Override
  public BlobInfo add(byte[] content) {
    Hash hash = Hash.ofContent(content);
    synchronized (this) {
      if (collecting) {
        touched.add(hash);
      }
      blobs.put(hash, content.clone());
    }
    afterAdd.run();
    return new BlobInfo(hash, content.length);
  }

  @Override
  public BlobInfo add(InputStream content, ProgressListener progress) {
    try {
      return add(content.readAllBytes());
    } catch (IOException e) {
      throw new BlobException("the stream failed", e);
    }
  }

  @Override
  public BlobInfo add(Path file, ImportMode mode, ProgressListener progress) {
    try (InputStream in = Files.newInputStream(file)) {
      return add(in, progress);
    } catch (IOException e) {
      throw new BlobException("cannot read " + file, e);
    }
  }

  @Override
  public SeekableByteChannel open(Hash hash) {
    try {
      Path copy = Files.write(Files.createTempFile("blob", ""), content(hash));
      return Files.newByteChannel(copy, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw new BlobException("no copy can be made", e);
    }
  }

  private byte[] content(Hash hash) {
    return Optional.ofNullable(blobs.get(hash))
        .orElseThrow(() -> new BlobNotFoundException("blob " + hash.shortText() + " is not here"));
  }

  @Override
  public byte[] read(Hash hash, int maxBytes) {
    byte[] content = content(hash);
    if (content.length > maxBytes) {
      throw new BlobException("the blob is longer than " + maxBytes);
    }
    return content.clone();
  }

  @Override
  public void export(Hash hash, Path target, ProgressListener progress) {
    try {
      Files.write(target, content(hash));
    } catch (IOException e) {
      throw new BlobException("cannot write " + target, e);
    }
  }

  @Override
  public synchronized void tag(String name, Hash hash) {
    touched.add(hash);
    tags.put(name, hash);
  }

  @Override
  public synchronized boolean untag(String name) {
    return tags.remove(name) != null;
  }

  @Override
  public synchronized Map<String, Hash> tags() {
    return new TreeMap<>(tags);
  }

  @Override
  public void protect(ProtectCallback callback) {
    callbacks.add(callback);
  }

  @Override
  public long collectGarbage() {
    synchronized (this) {
      touched.clear();
      collecting = true;
    }
    Set<Hash> keep = new HashSet<>();
    callbacks.forEach(callback -> callback.protect(keep::add));
    synchronized (this) {
      keep.addAll(tags.values());
      keep.addAll(touched);
      collecting = false;
      long before = blobs.size();
      blobs.keySet().retainAll(keep);
      return before - blobs.size();
    }
  }

  @Override
  public void sync() {}

  @Override
  public void close() {}
}
