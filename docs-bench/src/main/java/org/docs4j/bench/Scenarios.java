package org.docs4j.bench;

import java.util.List;

/** Everything that can be measured. */
final class Scenarios {
  /** All of them, in the order of the table. */
  static final List<Scenario> ALL = List.of(
      new StartScenario(),
      new InsertScenario("insert-memory", false),
      new InsertScenario("insert-disk", true),
      new ColdScenario(),
      SyncScenario.small("sync", false),
      SyncScenario.small("sync-disk", true),
      SyncScenario.large("large", false),
      SyncScenario.large("large-disk", true),
      SyncScenario.own("own", false),
      SyncScenario.own("own-disk", true));

  private Scenarios() {}

  /** The names of all. */
  static List<String> names() {
    return ALL.stream().map(Scenario::name).toList();
  }
}
