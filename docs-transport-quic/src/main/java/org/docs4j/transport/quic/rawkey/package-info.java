/**
 * Raw public keys (RFC 7250) in the QUIC library of Netty, whose TLS library has them and whose Java classes do not
 * reach them: the only place that calls native functions by address. {@link
 * org.docs4j.transport.quic.rawkey.RawKeys} is its one door.
 */
package org.docs4j.transport.quic.rawkey;
