package org.docs4j.transport.quic.rawkey;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the functions of known native libraries are, counted from {@link BoringSslFunction#ORIGIN}. The table is a
 * resource, made by {@code NativeOffsetsTool} among the tests; nothing of a library is parsed at run time.
 */
final class NativeOffsets {
  /** The resource: {@code <SHA-256 of the library>.<function>=<offset>}. */
  static final String RESOURCE = "native-offsets.properties";

  private NativeOffsets() {}

  /** The offsets in the library with this SHA-256, in hexadecimal digits, if it is known. */
  static Optional<Map<BoringSslFunction, Long>> of(String sha256) throws IOException {
    Properties all = new Properties();
    try (InputStream in = NativeOffsets.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("the table " + RESOURCE + " is missing");
      }
      all.load(in);
    }
    Map<BoringSslFunction, Long> offsets = new EnumMap<>(BoringSslFunction.class);
    for (BoringSslFunction function : BoringSslFunction.values()) {
      String offset = all.getProperty(sha256 + "." + function.symbol());
      if (offset == null) {
        return Optional.empty();
      }
      offsets.put(function, Long.parseLong(offset));
    }
    return Optional.of(offsets);
  }
}
