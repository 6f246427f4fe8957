package org.docs4j.blobs.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A file that grows at its end. Safe to use from any thread.
 *
 * <p>Not a channel, because an interrupt of one user's thread would close it for everybody.
 */
final class AppendFile implements AutoCloseable {
  private final RandomAccessFile file;
  private long end;
  private boolean dirty;

  AppendFile(Path path) throws IOException {
    file = new RandomAccessFile(path.toFile(), "rw");
    end = file.length();
  }

  synchronized long end() {
    return end;
  }

  /** Appends and returns where the bytes begin; after a failure the next ones take their place. */
  synchronized long append(byte[] bytes) throws IOException {
    long at = end;
    file.seek(at);
    file.write(bytes);
    end = at + bytes.length;
    dirty = true;
    return at;
  }

  /** Reads so many bytes; fails if the file ends before. */
  synchronized byte[] read(long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(at);
    file.readFully(bytes);
    return bytes;
  }

  synchronized void truncate(long length) throws IOException {
    file.setLength(length);
    end = length;
  }

  /** Waits until everything appended is on the disk; other calls go on meanwhile. */
  void sync() throws IOException {
    synchronized (this) {
      if (!dirty) {
        return;
      }
      dirty = false;
    }
    boolean synced = false;
    try {
      file.getFD().sync();
      synced = true;
    } finally {
      if (!synced) {
        synchronized (this) {
          dirty = true;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
