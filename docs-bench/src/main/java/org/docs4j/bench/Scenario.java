package org.docs4j.bench;

/** Something that is measured on one kind of node, in processes of its own that end with it. */
interface Scenario {
  /** The name by which it is chosen. */
  String name();

  /** Whether it is measured on this kind of node in this round, which counts from 1. */
  default boolean takesPart(NodeKind kind, int round, Options options) {
    return round <= options.rounds();
  }

  /**
   * Measures once and adds the figures to the results.
   *
   * @throws org.docs4j.api.DocsException if a node fails
   */
  void run(Bench bench, NodeKind kind);
}
