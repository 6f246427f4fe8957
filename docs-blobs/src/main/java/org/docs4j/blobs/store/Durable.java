package org.docs4j.blobs.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.docs4j.api.model.Hash;

/**
 * The slow work of the file store, done beside everything else: waiting for the disk, emptying packs, deleting files
 * that belong to no blob.
 */
final class Durable {
  private static final System.Logger LOG = System.getLogger(Durable.class.getName());

  private static final Pattern BLOB_FILE = Pattern.compile("([0-9a-f]{64})\\.(data|obao|ref)");

  private final StoreFolder folder;
  private final BlobIndex index;
  private final SmallPacks packs;
  private final Object lock;
  private final Set<Hash> suspects;
  private final Set<Hash> changed = ConcurrentHashMap.newKeySet();
  private long provenEnd = -1;

  /** Shares the lock of the store, which guards index and packs, and the set of blobs that may be damaged. */
  Durable(StoreFolder folder, BlobIndex index, SmallPacks packs, Object lock, Set<Hash> suspects) {
    this.folder = folder;
    this.index = index;
    this.packs = packs;
    this.lock = lock;
    this.suspects = suspects;
  }

  /** Notes that files of a blob may not be on the disk yet. */
  void changed(Hash hash) {
    changed.add(hash);
  }

  /** Waits until everything that the index speaks of now is on the disk, and then the index. */
  synchronized void sync() throws IOException {
    long end;
    Set<Hash> blobs;
    List<AppendFile> files;
    synchronized (lock) {
      end = index.end();
      blobs = Set.copyOf(changed);
      files = packs.openFiles();
    }
    if (end == provenEnd) {
      return;
    }
    changed.removeAll(blobs);
    boolean synced = false;
    try {
      force(files, blobs);
      synchronized (lock) {
        index.prove(end);
        restateSuspects();
        provenEnd = index.end();
      }
      index.sync();
      synced = true;
    } finally {
      if (!synced) {
        provenEnd = -1;
        changed.addAll(blobs);
      }
    }
  }

  /** What nobody has checked yet is not proven by reaching the disk: its record goes behind the mark. */
  private void restateSuspects() throws IOException {
    for (Hash hash : suspects) {
      Optional<Located> located = index.find(hash);
      if (located.isPresent()) {
        index.put(hash, located.get());
      }
    }
  }

  private void force(List<AppendFile> files, Set<Hash> blobs) throws IOException {
    for (AppendFile file : files) {
      file.sync();
    }
    Set<Path> folders = new HashSet<>(Set.of(folder.root(), folder.packs(), folder.data()));
    for (Hash hash : blobs) {
      force(folder.data(hash));
      force(folder.outboard(hash));
      force(folder.reference(hash));
      folders.add(folder.data(hash).getParent());
    }
    folders.forEach(Durable::forceFolder);
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      LOG.log(Level.TRACE, "there is no {0}", file);
    }
  }

  /** Not every system can do this; where it cannot, names are as durable as it makes them. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.log(Level.TRACE, "the folder " + folder + " cannot be forced to the disk", e);
    }
  }

  /** Moves what is still needed out of packs that hold mostly deleted blobs, and deletes these packs. */
  synchronized void compactPacks() throws IOException {
    Set<Integer> sparse;
    synchronized (lock) {
      sparse = packs.sparse();
    }
    if (sparse.isEmpty()) {
      return;
    }
    for (Map.Entry<Hash, Located> entry : index.entries().entrySet()) {
      if (entry.getValue() instanceof Located.Small small && sparse.contains(small.pack())) {
        synchronized (lock) {
          if (index.find(entry.getKey()).equals(Optional.of(small))) {
            packs.discount(small);
            index.put(entry.getKey(), packs.append(packs.file(small).read(small.offset(), (int) small.size())));
          }
        }
      }
    }
    sync();
    synchronized (lock) {
      for (int pack : sparse) {
        packs.delete(pack);
      }
    }
  }

  /** Deletes files of blobs that the index does not know: what a killed process was about to add. */
  synchronized void deleteOrphans() throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder.data())) {
      for (Path sub : folders) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(sub)) {
          for (Path file : files) {
            deleteOrphan(file);
          }
        }
      }
    }
  }

  private void deleteOrphan(Path file) {
    Matcher name = BLOB_FILE.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return;
    }
    Hash hash = Hash.parse(name.group(1));
    synchronized (lock) {
      if (index.find(hash).filter(located -> !(located instanceof Located.Small)).isEmpty()) {
        DiskErrors.deleteQuietly(file);
      }
    }
  }
}
