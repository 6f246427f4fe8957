package org.docs4j.transport.quic.rawkey;

import io.netty.handler.codec.quic.QuicSslContext;
import javax.net.ssl.SSLEngine;

/**
 * Makes TLS contexts of Netty prove identity by raw public keys (RFC 7250). One object serves one endpoint, and must be
 * reachable until the last handshake of its contexts is over: it holds what native code calls. Safe to use from any
 * thread.
 */
public interface RawKeys {
  /** Decides about the peer of a handshake, on the event loop. */
  @FunctionalInterface
  interface Check {
    /**
     * Returns whether the handshake may go on.
     *
     * @param engine whose handshake it is
     * @param key what the peer shows and will prove to own; of 32 bytes, unless it is no Ed25519 key
     */
    boolean accepts(SSLEngine engine, byte[] key);
  }

  /**
   * Prepares to change contexts. Netty's native library must be loaded.
   *
   * @param seed the Ed25519 secret of the endpoint, 32 bytes
   * @param check decides about peers
   * @throws UnavailableException if this process has no raw public keys; nothing was changed then
   */
  static RawKeys of(byte[] seed, Check check) throws UnavailableException {
    Platforms.check(System.getProperty("os.name"), System.getProperty("os.arch"));
    try {
      return new JnaRawKeys(seed, check);
    } catch (NoClassDefFoundError e) {
      throw new UnavailableException(
          String.valueOf(e.getMessage()).startsWith("com/sun/jna/")
              ? "JNA is missing (net.java.dev.jna:jna-jpms)"
              : "a class is missing or could not be initialized: " + e.getMessage(),
          e);
    } catch (LinkageError | RuntimeException e) {
      throw new UnavailableException("JNA does not work here: " + e, e);
    }
  }

  /** Makes a context for dialling show and take raw public keys and nothing else. */
  void dial(QuicSslContext client);

  /**
   * Makes a context for accepting show and take raw public keys, beside the certificates that it has, as the peer
   * prefers, or instead of them; it sends no session tickets any more.
   */
  void accept(QuicSslContext server, boolean certificatesToo);
}
