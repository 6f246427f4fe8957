package org.docs4j.blobs.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.Hash;

/**
 * The decoders of a store's files, for tests with bytes from anywhere, as a damaged disk may give them: the first byte
 * chooses one, the rest is its input. It returns what such bytes may lead to, and throws on anything else.
 */
final class FileDecoders {
  private static final int KINDS = 5;
  private static final Path FILE = file();

  private FileDecoders() {}

  static void decode(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    switch (Byte.toUnsignedInt(input[0]) % KINDS) {
      case 0 -> record(Arrays.copyOf(rest, IndexRecord.BYTES));
      case 1 -> record(withChecksum(Arrays.copyOf(rest, IndexRecord.BYTES - 4)));
      case 2 -> tags(rest);
      case 3 -> tags(withChecksum(rest));
      default -> reference(rest);
    }
  }

  private static Path file() {
    try {
      Path file = Files.createTempFile("decoders", ".fuzz");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(byte[] bytes) {
    try {
      return Files.write(FILE, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What these bytes would be if the disk had kept them: the checksum says that they are sound. */
  private static byte[] withChecksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return ByteBuffer.allocate(bytes.length + Integer.BYTES).put(bytes).putInt((int) crc.getValue()).array();
  }

  private static void record(byte[] bytes) {
    Optional<IndexRecord> record = IndexRecord.decode(bytes, 0);
    if (record.isPresent() && !IndexRecord.decode(record.get().encode(), 0).equals(record)) {
      throw new AssertionError(record + " is read again as something else");
    }
  }

  private static void tags(byte[] bytes) {
    try {
      Map<String, Hash> tags = TagFile.read(file(bytes));
      TagFile.write(FILE, tags);
      if (!TagFile.read(FILE).equals(tags)) {
        throw new AssertionError(tags + " are read again as others");
      }
    } catch (StoreCorruptedException e) {
      if (e.getMessage().isBlank() || e.getMessage().length() > 1000) {
        throw new AssertionError("no sentence for a person: " + e.getMessage(), e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That a reference is unreadable is said by what its reader expects of any disk. */
  private static void reference(byte[] bytes) {
    Path file = file(bytes);
    try {
      Reference reference = Reference.read(file);
      reference.write(file);
      if (!Reference.read(file).equals(reference)) {
        throw new AssertionError(reference + " is read again as another one");
      }
    } catch (IOException e) {
      if (e.getMessage() == null) {
        throw new AssertionError("nothing is said", e);
      }
    }
  }
}
