package org.docs4j.blobs.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.docs4j.api.BlobException;

/** A blob in a file with its outboard in another. */
final class FileSource implements BlobSource {
  private final long size;
  private final Path path;
  private final RandomAccessFile data;
  private final OutboardFile outboard;
  private long position;

  private FileSource(long size, Path path, RandomAccessFile data, OutboardFile outboard) {
    this.size = size;
    this.path = path;
    this.data = data;
    this.outboard = outboard;
  }

  static FileSource open(long size, Path data, Path outboard) throws IOException {
    RandomAccessFile file = new RandomAccessFile(data.toFile(), "r");
    boolean opened = false;
    try {
      FileSource source = new FileSource(size, data, file, OutboardFile.read(outboard));
      opened = true;
      return source;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void data(long offset, byte[] target, int start, int length) {
    try {
      if (offset != position) {
        data.seek(offset);
      }
      position = -1;
      data.readFully(target, start, length);
      position = offset + length;
    } catch (IOException e) {
      throw new BlobException("the blob in " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void parent(long index, byte[] target, int start) {
    try {
      outboard.readParent(index, target, start);
    } catch (IOException e) {
      throw new BlobException("the outboard of " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try (outboard;
        data) {
      position = -1;
    } catch (IOException e) {
      throw new BlobException("the blob in " + path + " cannot be closed: " + e.getMessage(), e);
    }
  }
}
