package org.docs4j.api.spi.transport;

/** Takes incoming connections of one protocol. */
@FunctionalInterface
public interface ConnectionHandler {
  /**
   * Takes a connection whose peer is authenticated; owns it from now on. Called on a thread of the transport: must not
   * block. A handler that throws has its connection closed (transport215).
   */
  void handle(Connection connection);
}
