package org.docs4j.api.spi.transport;

/**
 * The two directions of a bidirectional stream; each ends by itself.
 *
 * @param send towards the peer
 * @param receive from the peer
 */
public record BidiStream(SendStream send, ReceiveStream receive) {}
