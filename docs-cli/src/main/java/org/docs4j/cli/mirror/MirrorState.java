package org.docs4j.cli.mirror;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.Timestamp;

/**
 * Decides what is to be done so that a folder and a document become equal. Pure: no files, no clock; used by one thread.
 *
 * <p>For each path it holds three things against each other: what the two last agreed on, what the folder shows, and what
 * the document's newest entry says. Whichever differs from the agreement has changed and goes to the other side; where
 * both have, see {@link Action.Merge}. Until folder and document have each been seen once, nothing is done.
 */
public final class MirrorState {
  private final boolean writable;
  private final TreeMap<String, PathState> paths = new TreeMap<>();
  private final Map<Hash, Set<String>> wanting = new HashMap<>();
  private final Set<String> waiting = new HashSet<>();
  private final Set<String> failed = new TreeSet<>();
  private Map<Key, Version> removals = Map.of();
  private int busy;
  private boolean diskSeen;
  private boolean documentSeen;

  /**
   * A core that knows what was agreed on before.
   *
   * @param writable whether changes of the folder can be written to the document
   * @param agreed the agreements by path
   */
  public MirrorState(boolean writable, Map<String, Agreed> agreed) {
    this.writable = writable;
    agreed.forEach((path, last) -> {
      PathState state = state(path);
      state.agreed = last;
      state.disk = last.stamp();
      state.remote = last.version();
    });
  }

  /** Takes an input and hands out what is to be done now. */
  public void handle(Input input, Consumer<Action> out) {
    if (input instanceof Input.Disk disk) {
      seeDisk(disk, out);
    } else if (input instanceof Input.Document document) {
      seeDocument(document, out);
    } else if (input instanceof Input.Entry entry) {
      state(entry.path()).seeRemote(entry.version());
      decide(entry.path(), out);
    } else if (input instanceof Input.ContentReady ready) {
      contentReady(ready.hash(), out);
    } else if (input instanceof Input.Done done) {
      finish(done, out);
    } else {
      List.copyOf(failed).forEach(path -> decide(path, out));
    }
  }

  /** Whether nothing is under way, or waited for, that could still make the two sides equal. */
  public boolean isIdle() {
    return diskSeen && documentSeen && open() == 0;
  }

  /** How many paths are being worked on or wait for something. */
  public int open() {
    return busy + waiting.size() + failed.size();
  }

  /** How many files the folder has, as far as it was seen. */
  public int files() {
    return (int) paths.values().stream().filter(state -> state.disk.exists()).count();
  }

  /** How many bytes they have together. */
  public long bytes() {
    return paths.values().stream().filter(state -> state.disk.exists()).mapToLong(state -> state.disk.size()).sum();
  }

  private PathState state(String path) {
    return paths.computeIfAbsent(path, unknown -> new PathState());
  }

  private void seeDisk(Input.Disk disk, Consumer<Action> out) {
    diskSeen |= disk.scope().isEmpty();
    List<String> changed = new ArrayList<>();
    for (String path : List.copyOf(within(disk.scope()).keySet())) {
      Stamp now = disk.files().getOrDefault(path, Stamp.NONE);
      PathState state = state(path);
      if (!now.equals(state.disk)) {
        state.disk = now;
        changed.add(path);
      } else if (disk.scope().isEmpty()) {
        changed.add(path);
      }
    }
    disk.files()
        .forEach(
            (path, stamp) -> {
              if (!paths.containsKey(path)) {
                state(path).disk = stamp;
                changed.add(path);
              }
            });
    changed.forEach(path -> decide(path, out));
  }

  /** The paths at a path and below it. */
  private SortedMap<String, PathState> within(String scope) {
    if (scope.isEmpty()) {
      return paths;
    }
    SortedMap<String, PathState> found = new TreeMap<>(paths.subMap(scope + "/", scope + "0"));
    PathState exact = paths.get(scope);
    if (exact != null) {
      found.put(scope, exact);
    }
    return found;
  }

  private void seeDocument(Input.Document document, Consumer<Action> out) {
    documentSeen = true;
    removals = Map.copyOf(document.removals());
    document.newest().keySet().forEach(this::state);
    for (Map.Entry<String, PathState> known : paths.entrySet()) {
      known.getValue().remote = document.newest().getOrDefault(known.getKey(), Version.NONE);
    }
    List.copyOf(paths.keySet()).forEach(path -> decide(path, out));
  }

  private void contentReady(Hash hash, Consumer<Action> out) {
    for (String path : Set.copyOf(wanting.getOrDefault(hash, Set.of()))) {
      PathState state = state(path);
      if (state.busy) {
        state.again = true;
      } else {
        decide(path, out);
      }
    }
  }

  private void finish(Input.Done done, Consumer<Action> out) {
    PathState state = state(done.path());
    state.busy = false;
    busy--;
    boolean again = state.again;
    state.again = false;
    if (done.outcome() instanceof Outcome.Settled settled) {
      state.agreed = settled.agreed();
      state.disk = settled.agreed().stamp();
      state.seeRemote(settled.agreed().version());
      again = true;
    } else if (done.outcome() instanceof Outcome.DiskIs disk) {
      state.disk = disk.stamp();
      again = true;
    }
    if (again) {
      decide(done.path(), out);
    } else if (done.outcome() instanceof Outcome.Failed) {
      failed.add(done.path());
    } else {
      waiting.add(done.path());
    }
  }

  private void decide(String path, Consumer<Action> out) {
    PathState state = state(path);
    if (state.busy || !diskSeen || !documentSeen) {
      return;
    }
    waiting.remove(path);
    failed.remove(path);
    stopWanting(path, state);
    boolean forgotten = isForgotten(path, state);
    boolean local = !state.disk.equals(state.agreed.stamp()) || forgotten;
    boolean remote = !state.remote.equals(state.agreed.version()) && !forgotten;
    if (local && remote) {
      decideBoth(path, state, out);
    } else if (local) {
      decideLocal(path, state, out);
    } else if (remote) {
      decideRemote(path, state, out);
    } else if (state.isNothing()) {
      paths.remove(path);
    }
  }

  /**
   * Whether the document does not know what was agreed on any more: this node lost its last writes with the power, or was
   * killed within half a second. Deletions that cover the path explain an older version too, and those are obeyed.
   */
  private boolean isForgotten(String path, PathState state) {
    if (state.remote.compareTo(state.agreed.version()) >= 0) {
      return false;
    }
    Timestamp agreed = state.agreed.version().timestamp();
    Key key = MirrorKeys.key(path);
    return removals.entrySet().stream()
        .noneMatch(removal -> key.startsWith(removal.getKey()) && !agreed.isAfter(removal.getValue().timestamp()));
  }

  private void decideLocal(String path, PathState state, Consumer<Action> out) {
    if (!writable) {
      return;
    }
    if (state.disk.exists()) {
      start(state, new Action.Publish(path, state.disk, state.remote), out);
    } else if (state.remote.isRemoved() && !isForgotten(path, state)) {
      agree(state);
    } else {
      start(state, new Action.Delete(path), out);
    }
  }

  private void decideRemote(String path, PathState state, Consumer<Action> out) {
    if (!state.remote.isRemoved()) {
      want(path, state, new Action.Write(path, state.disk, state.remote), out);
    } else if (state.disk.exists()) {
      start(state, new Action.Remove(path, state.disk, state.remote), out);
    } else {
      agree(state);
    }
  }

  private void decideBoth(String path, PathState state, Consumer<Action> out) {
    if (!state.disk.exists()) {
      // Deleted here, changed there: the change is kept.
      decideRemote(path, state, out);
    } else if (state.remote.isRemoved()) {
      // Changed here, deleted there: the change is kept.
      decideLocal(path, state, out);
    } else {
      want(path, state, new Action.Merge(path, state.disk, state.remote), out);
    }
  }

  private static void agree(PathState state) {
    state.agreed = new Agreed(state.remote, state.disk);
  }

  private void want(String path, PathState state, Action action, Consumer<Action> out) {
    state.wanted = state.remote.record().hash();
    wanting.computeIfAbsent(state.wanted, hash -> new TreeSet<>()).add(path);
    start(state, action, out);
  }

  private void start(PathState state, Action action, Consumer<Action> out) {
    state.busy = true;
    busy++;
    out.accept(action);
  }

  private void stopWanting(String path, PathState state) {
    Set<String> others = wanting.get(state.wanted);
    if (others != null && others.remove(path) && others.isEmpty()) {
      wanting.remove(state.wanted);
    }
    state.wanted = Hash.EMPTY;
    state.again = false;
  }
}
