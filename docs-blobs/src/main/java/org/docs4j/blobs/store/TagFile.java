package org.docs4j.blobs.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.api.wire.PostcardWriter;

/** The tags of a file store: a list of name and hash in postcard, and the CRC-32C of it, written anew for each change. */
final class TagFile {
  private TagFile() {}

  static SortedMap<String, Hash> read(Path file) throws IOException {
    SortedMap<String, Hash> tags = new TreeMap<>();
    if (!Files.exists(file)) {
      return tags;
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      PostcardReader in = new PostcardReader(bytes);
      int count = in.count(Integer.MAX_VALUE, 33);
      for (int i = 0; i < count; i++) {
        tags.put(in.string(bytes.length), new Hash(in.bytes32()));
      }
      int bodyBytes = in.position();
      if (in.u32() != checksum(bytes, bodyBytes)) {
        throw new StoreCorruptedException("the tags in " + file + " are damaged");
      }
      in.expectEnd();
    } catch (MalformedMessageException e) {
      throw new StoreCorruptedException("the tags in " + file + " are damaged", e);
    }
    return tags;
  }

  static void write(Path file, Map<String, Hash> tags) throws IOException {
    PostcardWriter out = new PostcardWriter(64 * (tags.size() + 1)).count(tags.size());
    tags.forEach((name, hash) -> out.string(name).bytes32(hash.bytes()));
    byte[] body = out.toByteArray();
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileOutputStream to = new FileOutputStream(beside.toFile())) {
      to.write(body);
      to.write(new PostcardWriter().u32(checksum(body, body.length)).toByteArray());
      to.getFD().sync();
    }
    FileMoves.replace(beside, file);
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }
}
