package org.docs4j.blobs.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import org.docs4j.api.DocsException;
import org.docs4j.api.BlobException;
import org.docs4j.api.StoreFullException;

/** Turns failures of the file system into typed ones. */
final class DiskErrors {
  private static final System.Logger LOG = System.getLogger(DiskErrors.class.getName());
  private static final long FULL_BELOW_BYTES = 1 << 20;

  private DiskErrors() {}

  /** The exception to throw: {@link StoreFullException} if the disk has no room left, else {@link BlobException}. */
  static DocsException translate(String what, Path where, IOException cause) {
    String message = what + ": " + reason(cause);
    return isFull(where) ? new StoreFullException(message, cause) : new BlobException(message, cause);
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static boolean isFull(Path where) {
    try {
      Path existing = where.toAbsolutePath();
      while (existing.getParent() != null && !Files.exists(existing)) {
        existing = existing.getParent();
      }
      return Files.getFileStore(existing).getUsableSpace() < FULL_BELOW_BYTES;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the free room cannot be found out", e);
      return false;
    }
  }

  /** Deletes a file that nobody needs any more; if that fails, it is deleted the next time the store is opened. */
  static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a file is left over: " + file, e);
    }
  }
}
