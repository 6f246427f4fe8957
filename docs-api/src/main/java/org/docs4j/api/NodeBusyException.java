package org.docs4j.api;

/** This node has no room for a peer at the moment. What was exchanged until then stays; trying again later may work. */
public class NodeBusyException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what there is no room for. */
  public NodeBusyException(String message) {
    super(message);
  }
}
