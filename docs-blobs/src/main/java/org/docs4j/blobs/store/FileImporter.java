package org.docs4j.blobs.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.docs4j.api.BlobException;
import org.docs4j.api.DocsException;
import org.docs4j.api.crypto.Blake3;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.docs4j.blobs.bao.BaoTree;
import org.docs4j.blobs.bao.OutboardBuilder;

/**
 * Takes in the content of one large blob: hashes it group by group while it is copied, and makes its outboard.
 *
 * <p>The chaining values of the groups wait in a temporary file, a five-hundredth of the content, because the shape of
 * the tree is known only at the end. For one thread.
 */
final class FileImporter implements AutoCloseable {
  private static final int READ_GROUPS = 16;

  private final Path data;
  private final Path outboard;
  private final Path groupHashes;
  private final boolean copy;

  /**
   * An importer with temporary files of its own.
   *
   * @param name a name for them that nobody else uses
   * @param copy whether the content is kept in {@link #data}
   */
  FileImporter(Path folder, String name, boolean copy) {
    this.data = folder.resolve(name + ".data");
    this.outboard = folder.resolve(name + ".obao");
    this.groupHashes = folder.resolve(name + ".groups");
    this.copy = copy;
  }

  /** The copy of the content; a temporary file that the caller moves away. */
  Path data() {
    return data;
  }

  /** The outboard; a temporary file that the caller moves away. */
  Path outboard() {
    return outboard;
  }

  /**
   * Reads content of more than 16 KiB to its end.
   *
   * @param first what was read of it before, at most 256 KiB
   * @param content the rest; not closed
   * @param total bytes in all, or -1 while unknown
   * @throws BlobException if it cannot be read
   * @throws org.docs4j.api.StoreFullException if there is no room
   */
  BlobInfo run(byte[] first, InputStream content, long total, ProgressListener progress) {
    long size;
    try (OutputStream copyTo = copy ? Files.newOutputStream(data) : OutputStream.nullOutputStream();
        OutputStream groupsTo = new BufferedOutputStream(Files.newOutputStream(groupHashes), 1 << 16)) {
      size = hash(first, content, copyTo, groupsTo, total, progress);
    } catch (IOException e) {
      throw failed(e);
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(groupHashes), 1 << 16);
        OutboardFile out = OutboardFile.write(outboard)) {
      return new BlobInfo(outboard(in, out, new BaoTree(size)), size);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static long hash(
      byte[] first,
      InputStream content,
      OutputStream copyTo,
      OutputStream groupsTo,
      long total,
      ProgressListener progress)
      throws IOException {
    byte[] buffer = Arrays.copyOf(first, READ_GROUPS * BaoTree.GROUP_BYTES);
    long size = 0;
    int length = first.length + read(content, buffer, first.length);
    while (length > 0) {
      for (int at = 0; at < length; at += BaoTree.GROUP_BYTES) {
        int group = Math.min(BaoTree.GROUP_BYTES, length - at);
        groupsTo.write(OutboardBuilder.groupHash(buffer, at, group, (size + at) / BaoTree.GROUP_BYTES, false));
      }
      copyTo.write(buffer, 0, length);
      size += length;
      progress.onProgress(size, total);
      length = read(content, buffer, 0);
    }
    return size;
  }

  private static int read(InputStream content, byte[] buffer, int from) {
    try {
      return content.readNBytes(buffer, from, buffer.length - from);
    } catch (IOException e) {
      throw new BlobException("what is to be stored cannot be read: " + e.getMessage(), e);
    }
  }

  private static Hash outboard(InputStream groups, OutboardFile out, BaoTree tree) throws IOException {
    OutboardBuilder builder = new OutboardBuilder(tree, (index, pair) -> write(out, index, pair));
    out.writeSize(tree.size());
    try {
      for (long i = 0; i < tree.groups(); i++) {
        builder.group(groups.readNBytes(Blake3.HASH_BYTES));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return builder.root();
  }

  private static void write(OutboardFile out, long index, byte[] pair) {
    try {
      out.writeParent(index, pair);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DocsException failed(IOException cause) {
    return DiskErrors.translate("a blob cannot be stored in " + data.getParent(), data, cause);
  }

  /** Deletes what is left of the temporary files. */
  @Override
  public void close() {
    DiskErrors.deleteQuietly(groupHashes);
    DiskErrors.deleteQuietly(data);
    DiskErrors.deleteQuietly(outboard);
  }
}
