package org.docs4j.cli.mirror;

import java.util.Map;
import java.util.SortedMap;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;

/** Something that the core is told. */
public sealed interface Input {
  /**
   * What is in the folder at a path or below it; {@code ""} is all of it.
   *
   * @param scope the path
   * @param files every file there, by path
   */
  record Disk(String scope, SortedMap<String, Stamp> files) implements Input {}

  /**
   * All that the document says.
   *
   * @param newest the newest version of each path
   * @param removals deletions of several keys at once, by other programs: keys that those of paths may begin with
   */
  record Document(SortedMap<String, Version> newest, Map<Key, Version> removals) implements Input {}

  /**
   * The document has an entry at a path, not necessarily the newest.
   *
   * @param path the path
   * @param version what it says
   */
  record Entry(String path, Version version) implements Input {}

  /**
   * Content came to this node.
   *
   * @param hash which
   */
  record ContentReady(Hash hash) implements Input {}

  /**
   * An action ended.
   *
   * @param path its path
   * @param outcome how
   */
  record Done(String path, Outcome outcome) implements Input {}

  /** Some time has passed: what failed is tried again. */
  record Retry() implements Input {}
}
