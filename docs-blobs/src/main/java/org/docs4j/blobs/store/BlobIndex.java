package org.docs4j.blobs.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.docs4j.api.model.Hash;

/**
 * What the file store has and where: all of it in memory, and every change appended to one file.
 *
 * <p>A kill leaves at most a torn last record, a loss of power any damaged ones after the last {@link #prove}; they are
 * skipped. Reading is safe from any thread; changes are made by one thread at a time.
 */
final class BlobIndex implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(BlobIndex.class.getName());
  private static final int COMPACT_FROM = 4096;

  private final Path path;
  private final Map<Hash, Located> entries = new ConcurrentHashMap<>();
  private final Set<Hash> unproven = new HashSet<>();
  private AppendFile file;
  private long records;

  private BlobIndex(Path path, AppendFile file) {
    this.path = path;
    this.file = file;
  }

  static BlobIndex open(Path path) throws IOException {
    BlobIndex index = new BlobIndex(path, new AppendFile(path));
    boolean loaded = false;
    try {
      index.load();
      loaded = true;
      return index;
    } finally {
      if (!loaded) {
        index.close();
      }
    }
  }

  private void load() throws IOException {
    Map<Hash, Long> places = new HashMap<>();
    long proven = 0;
    long damaged = 0;
    long length = file.end() - file.end() % IndexRecord.BYTES;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      byte[] bytes = new byte[IndexRecord.BYTES];
      for (long at = 0; at < length; at += IndexRecord.BYTES) {
        in.readNBytes(bytes, 0, bytes.length);
        Optional<IndexRecord> read = IndexRecord.decode(bytes, 0);
        if (read.isEmpty()) {
          damaged++;
        } else if (read.get() instanceof IndexRecord.Present present) {
          entries.put(present.hash(), present.located());
          places.put(present.hash(), at);
        } else if (read.get() instanceof IndexRecord.Removed removed) {
          entries.remove(removed.hash());
          places.remove(removed.hash());
        } else if (read.get() instanceof IndexRecord.Proven mark) {
          proven = Math.max(proven, mark.bytes());
        }
        records++;
      }
    }
    file.truncate(length);
    if (damaged > 0) {
      LOG.log(Level.WARNING, "{0} damaged records in {1} were skipped", damaged, path);
    }
    for (Map.Entry<Hash, Long> place : places.entrySet()) {
      if (place.getValue() >= proven) {
        unproven.add(place.getKey());
      }
    }
  }

  Optional<Located> find(Hash hash) {
    return Optional.ofNullable(entries.get(hash));
  }

  /** All entries, as they are while they are looked at. */
  Map<Hash, Located> entries() {
    return entries;
  }

  /** Blobs of which the last process did not learn that they are on the disk; as of the time of opening. */
  Set<Hash> unproven() {
    return Set.copyOf(unproven);
  }

  void put(Hash hash, Located located) throws IOException {
    append(new IndexRecord.Present(hash, located));
    entries.put(hash, located);
  }

  void remove(Hash hash) throws IOException {
    append(new IndexRecord.Removed(hash));
    entries.remove(hash);
  }

  /** How long the file is now, for a later {@link #prove}. */
  long end() {
    return file.end();
  }

  /** Notes that everything up to an {@link #end} is on the disk; holds once the index was synced. */
  void prove(long bytes) throws IOException {
    append(new IndexRecord.Proven(bytes));
  }

  /** Waits until the file is on the disk; changes go on meanwhile. */
  void sync() throws IOException {
    file.sync();
  }

  private void append(IndexRecord entry) throws IOException {
    file.append(entry.encode());
    records++;
  }

  /** Writes the file anew if most of it is out of date; only while all that it says is on the disk. */
  void compact() throws IOException {
    if (records < COMPACT_FROM || records < 2L * entries.size() || !unproven.isEmpty()) {
      return;
    }
    Path beside = path.resolveSibling(path.getFileName() + ".tmp");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside), 1 << 16)) {
      for (Map.Entry<Hash, Located> entry : entries.entrySet()) {
        out.write(new IndexRecord.Present(entry.getKey(), entry.getValue()).encode());
      }
      out.write(new IndexRecord.Proven((long) entries.size() * IndexRecord.BYTES).encode());
    }
    try (AppendFile written = new AppendFile(beside)) {
      written.append(new byte[0]);
      written.sync();
    }
    file.close();
    FileMoves.replace(beside, path);
    file = new AppendFile(path);
    records = entries.size() + 1L;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
