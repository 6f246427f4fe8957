package org.docs4j.blobs.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The contents of small blobs, one after the other in a few large files: adding one costs an append and no file.
 *
 * <p>A pack that is full is never written again; one that holds little that is still needed is emptied into the last
 * pack and deleted. The index alone knows what lies where. Guarded by the store's lock.
 */
final class SmallPacks implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("([0-9]{8})\\.pack");

  private final Path folder;
  private final long fullBytes;
  private final TreeMap<Integer, Long> live = new TreeMap<>();
  private final Map<Integer, AppendFile> open = new HashMap<>();
  private int last;

  /** The packs in a folder; one that has reached {@code fullBytes} is full. */
  SmallPacks(Path folder, long fullBytes) throws IOException {
    this.folder = folder;
    this.fullBytes = fullBytes;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          live.put(Integer.parseInt(name.group(1)), 0L);
        }
      }
    }
    last = live.isEmpty() ? 1 : live.lastKey();
    live.putIfAbsent(last, 0L);
  }

  private Path path(int pack) {
    return folder.resolve(String.format(Locale.ROOT, "%08d.pack", pack));
  }

  private AppendFile file(int pack) throws IOException {
    AppendFile known = open.get(pack);
    if (known != null) {
      return known;
    }
    AppendFile file = new AppendFile(path(pack));
    open.put(pack, file);
    return file;
  }

  /** Counts a blob that the index has. */
  void count(Located.Small small) {
    live.merge(small.pack(), small.size(), Long::sum);
  }

  /** Counts a blob that the index has no more. */
  void discount(Located.Small small) {
    live.computeIfPresent(small.pack(), (pack, bytes) -> bytes - small.size());
  }

  /** Appends a blob and counts it. */
  Located.Small append(byte[] content) throws IOException {
    if (file(last).end() >= fullBytes) {
      last++;
      live.put(last, 0L);
    }
    long offset = file(last).append(content);
    Located.Small small = new Located.Small(last, offset, content.length);
    count(small);
    return small;
  }

  /** The file that holds a blob. */
  AppendFile file(Located.Small small) throws IOException {
    if (!live.containsKey(small.pack()) || small.size() > FileBlobStore.SMALL_BYTES) {
      throw new NoSuchFileException(path(small.pack()).toString());
    }
    return file(small.pack());
  }

  /** The packs that are open, which are all that may have to be synced: the caller does that outside of the lock. */
  List<AppendFile> openFiles() {
    return List.copyOf(open.values());
  }

  /** Full packs of which less than half is still needed. */
  Set<Integer> sparse() throws IOException {
    Set<Integer> found = new TreeSet<>();
    for (Map.Entry<Integer, Long> pack : live.headMap(last).entrySet()) {
      if (pack.getValue() * 2 < file(pack.getKey()).end()) {
        found.add(pack.getKey());
      }
    }
    return found;
  }

  /** Deletes a pack that nothing needs any more. */
  void delete(int pack) throws IOException {
    live.remove(pack);
    AppendFile file = open.remove(pack);
    if (file != null) {
      file.close();
    }
    DiskErrors.deleteQuietly(path(pack));
  }

  @Override
  public void close() throws IOException {
    for (AppendFile file : open.values()) {
      file.close();
    }
  }
}
