package org.docs4j.blobs.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.Hash;
import org.docs4j.tck.DecoderList;

/** The decoders of a store's files, see {@link DecoderList}, for bytes as a damaged disk may give them. */
final class FileDecoders {
  private static final Path FILE = file();

  private static final DecoderList ALL =
      DecoderList.of(
          List.of(StoreCorruptedException.class),
          List.of(
              bytes -> record(Arrays.copyOf(bytes, IndexRecord.BYTES)),
              bytes -> record(withChecksum(Arrays.copyOf(bytes, IndexRecord.BYTES - 4))),
              FileDecoders::tags,
              bytes -> tags(withChecksum(bytes)),
              FileDecoders::reference));

  private FileDecoders() {}

  static void decode(byte[] input) {
    ALL.decode(input);
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
