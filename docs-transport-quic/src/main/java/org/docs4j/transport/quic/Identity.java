package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicSslContext;
import java.util.Collection;
import org.docs4j.api.spi.transport.Alpn;

/**
 * How an endpoint proves who it is in the TLS 1.3 handshake, and checks the proof of the other side.
 *
 * <p>A context puts the result of the check into the {@link Handshake} of the engine; a handshake that ends without
 * one, such as a resumed session, proves nothing. Safe to use from any thread.
 */
interface Identity {
  /** A context for incoming connections of these protocols; any other protocol is refused in the handshake. */
  QuicSslContext server(Collection<Alpn> protocols);

  /** A context for dialling with one protocol. */
  QuicSslContext client(Alpn protocol);

  /** Makes worthless what the peers of a context may have kept to resume their sessions. */
  void forgetSessions(QuicSslContext context);
}
