package org.docs4j.transport.quic.rawkey;

import java.util.Locale;

/** On which platforms raw public keys can be had at all. */
final class Platforms {
  private Platforms() {}

  /**
   * Throws, with the reason, unless Netty's library for the platform tells where its functions are.
   *
   * @param system as in {@code os.name}
   * @param processor as in {@code os.arch}
   */
  static void check(String system, String processor) throws UnavailableException {
    String name = system.toLowerCase(Locale.ROOT);
    if (!name.startsWith("linux") && !name.startsWith("mac")) {
      throw new UnavailableException(
          "on " + system + " the native QUIC library of Netty does not say where its functions are");
    }
    if (!processor.matches("amd64|x86_64|aarch64|arm64")) {
      throw new UnavailableException("there is no table of the native QUIC library of Netty for " + processor);
    }
  }
}
