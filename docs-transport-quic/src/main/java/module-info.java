import org.jspecify.annotations.NullMarked;

/** QUIC endpoints on Netty. */
@NullMarked
module org.docs4j.transport.quic {
    requires transitive org.docs4j.api;
    requires io.netty.buffer;
    requires io.netty.codec.classes.quic;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
}
