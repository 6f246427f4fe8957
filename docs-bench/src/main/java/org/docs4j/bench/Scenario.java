package org.docs4j.bench;

import java.util.List;

/** Something that is measured on one kind of node, in processes of its own that end with it. */
interface Scenario {
  /** All of them, in the order of the table. */
  List<Scenario> ALL = List.of(
      new StartScenario(),
      new InsertScenario("insert-memory", false),
      new InsertScenario("insert-disk", true),
      new ColdScenario(),
      new SyncScenario());

  /** The name by which it is chosen. */
  String name();

  /**
   * Measures once and adds the figures to the results.
   *
   * @throws org.docs4j.api.DocsException if a node fails
   */
  void run(Bench bench, NodeKind kind);
}
