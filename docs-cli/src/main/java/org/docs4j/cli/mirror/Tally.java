package org.docs4j.cli.mirror;

import java.util.ArrayList;
import java.util.List;

/**
 * How many files were dealt with since a mirror was last in step.
 *
 * @param published files that went to the document
 * @param deleted files whose deletion went to the document
 * @param wrote files that came from the document
 * @param removed files whose deletion came from the document
 */
record Tally(long published, long deleted, long wrote, long removed) {
  static final Tally NONE = new Tally(0, 0, 0, 0);

  /** One deed more. */
  Tally plus(Deed deed) {
    return new Tally(
        published + (deed instanceof Deed.Published ? 1 : 0),
        deleted + (deed instanceof Deed.Deleted ? 1 : 0),
        wrote + (deed instanceof Deed.Wrote ? 1 : 0),
        removed + (deed instanceof Deed.Removed ? 1 : 0));
  }

  /** How many deeds there were. */
  long total() {
    return published + deleted + wrote + removed;
  }

  /** In words; empty when nothing was done. */
  String sentence() {
    List<String> parts = new ArrayList<>();
    add(parts, published, "sent");
    add(parts, deleted, "deleted for others");
    add(parts, wrote, "written");
    add(parts, removed, "removed");
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private static void add(List<String> parts, long number, String what) {
    if (number > 0) {
      parts.add(number + " " + what);
    }
  }
}
