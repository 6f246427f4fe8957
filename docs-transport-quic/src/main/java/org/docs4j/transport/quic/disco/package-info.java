/**
 * The part of iroh's disco that nodes up to 0.35 want: such a node does not answer QUIC packets from an address that no
 * Ping came from, and trusts one for a few seconds only after it was answered a Ping of its own. Nothing else of disco
 * is spoken. Formats: {@link org.docs4j.transport.quic.disco.DiscoMessage} in a {@link org.docs4j.transport.quic.disco.DiscoBox}.
 */
@org.jspecify.annotations.NullMarked
package org.docs4j.transport.quic.disco;
