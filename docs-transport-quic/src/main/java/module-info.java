import org.jspecify.annotations.NullMarked;

/**
 * QUIC endpoints on Netty.
 *
 * <p>The native libraries of Netty are found by class loader: on the module path they need {@code --add-modules}, and
 * raw public keys need {@code --add-opens}, as the module's README says.
 */
@NullMarked
module org.docs4j.transport.quic {
  requires transitive org.docs4j.api;
  requires com.sun.jna;
  requires io.netty.buffer;
  requires io.netty.codec.classes.quic;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;
  requires org.bouncycastle.provider;

  exports org.docs4j.transport.quic;

  provides org.docs4j.api.spi.transport.TransportProvider with
      org.docs4j.transport.quic.QuicTransportProvider;
}
