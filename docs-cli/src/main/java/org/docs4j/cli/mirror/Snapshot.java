package org.docs4j.cli.mirror;

import java.nio.file.FileSystem;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.docs4j.api.Doc;
import org.docs4j.api.Query;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Key;
import org.docs4j.cli.output.Plain;

/** All that a document says to a mirror. */
final class Snapshot {
  private Snapshot() {}

  /**
   * Reads the newest entry of any author at each key, deletions included.
   *
   * @param refused told of each key that must not be written, and why
   */
  static Input.Document read(Doc doc, FileSystem system, BiConsumer<String, String> refused) {
    SortedMap<String, Version> newest = new TreeMap<>();
    Map<Key, Version> removals = new HashMap<>();
    try (Stream<Entry> entries = doc.query(Query.singleLatestPerKey().withEmpty())) {
      entries.forEach(
          entry -> {
            Key key = entry.id().key();
            KeyMeaning meaning = MirrorKeys.meaning(key, system);
            if (meaning instanceof KeyMeaning.File file) {
              newest.put(file.path(), Version.of(entry));
            } else if (entry.isEmpty()) {
              removals.put(key, Version.of(entry));
            } else if (meaning instanceof KeyMeaning.Refused no) {
              refused.accept(Plain.key(key), no.reason());
            }
          });
    }
    return new Input.Document(newest, removals);
  }
}
