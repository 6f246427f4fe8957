package org.docs4j.engine.replica;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What strace saw of a {@link SyncWriter}: for each commit, which files of the store were synced before it was answered,
 * and which had been written and not synced by then.
 */
final class SyncTrace {
  /** The system calls to trace. */
  static final String CALLS =
      "openat,open,write,pwrite64,writev,pwritev,fsync,fdatasync,msync,sync_file_range,ftruncate,close";

  private static final Pattern LINE = Pattern.compile("(\\d+) +(<\\.\\.\\. )?(\\w+)(.*)");
  private static final Pattern FILE = Pattern.compile("\\((\\d+)<([^>]*)>.*");
  private static final Pattern OPENED = Pattern.compile(".*(O_D?SYNC).*= (\\d+)<([^>]*)>.*");
  private static final Set<String> SYNCS = Set.of("fsync", "fdatasync");

  private final String folder;
  private final Map<String, String> unfinished = new HashMap<>();
  private final Set<String> syncedByWriting = new HashSet<>();
  private final Set<String> dirty = new TreeSet<>();
  private final Set<String> synced = new TreeSet<>();
  private int commits;
  private int begun;

  private SyncTrace(String folder) {
    this.folder = folder + "/";
  }

  /** A commit: names of the files that were synced during it, and of those that were dirty when it was answered. */
  record Commit(Set<String> synced, Set<String> dirty) {}

  /** Reads a trace; what belongs to files outside of the folder is passed over. */
  static List<Commit> read(List<String> lines, String folder) {
    SyncTrace trace = new SyncTrace(folder);
    return lines.stream().flatMap(line -> trace.line(line).stream()).toList();
  }

  private List<Commit> line(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return List.of();
    }
    String process = parts.group(1);
    String call = parts.group(3);
    String rest = parts.group(4);
    boolean resumed = parts.group(2) != null;
    boolean ends = !rest.endsWith("<unfinished ...>");
    if (resumed) {
      rest = unfinished.remove(process + call) + rest;
    } else if (!ends) {
      unfinished.put(process + call, rest);
    }
    return call(call, rest, !resumed, ends);
  }

  /** Writing counts when it begins, syncing when it has ended. */
  private List<Commit> call(String call, String rest, boolean begins, boolean ends) {
    Matcher opened = OPENED.matcher(rest);
    if (call.startsWith("open") && ends && opened.matches()) {
      syncedByWriting.add(opened.group(2) + opened.group(3));
    }
    Matcher file = FILE.matcher(rest);
    if (!file.matches()) {
      return List.of();
    }
    String path = file.group(2);
    String descriptor = file.group(1) + path;
    if (call.equals("close") && ends) {
      syncedByWriting.remove(descriptor);
    }
    if (call.equals("write") && begins && file.group(1).equals("1")) {
      return said(rest);
    }
    if (path.startsWith(folder)) {
      String name = path.substring(folder.length());
      if (call.contains("write") && begins && !syncedByWriting.contains(descriptor)) {
        dirty.add(name);
      } else if (SYNCS.contains(call) && ends && rest.endsWith("= 0")) {
        dirty.remove(name);
        synced.add(name);
      }
    }
    return List.of();
  }

  private List<Commit> said(String rest) {
    if (rest.contains(SyncWriter.BEGIN + begun)) {
      begun++;
      synced.clear();
    } else if (rest.contains(SyncWriter.ANSWERED + commits)) {
      commits++;
      return List.of(new Commit(Set.copyOf(synced), Set.copyOf(dirty)));
    }
    return List.of();
  }
}
