package org.docs4j.cli.mirror;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.docs4j.api.spi.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Sees what is in the folder: collects what the operating system says until it is quiet for a moment, and looks through
 * all of the folder from time to time. Used by the mirror's own thread.
 */
final class FolderEyes implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FolderEyes.class.getName());
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final Duration BETWEEN_WALKS = Duration.ofSeconds(10);
  private static final Duration BETWEEN_WALKS_UNWATCHED = Duration.ofSeconds(2);
  /** A walk may take up a twentieth of the time. */
  private static final int SHARE = 20;
  private static final int MANY = 1000;

  private final SafeFolder folder;
  private final Ticker ticker;
  private final BiConsumer<String, String> skipped;
  private final @Nullable FolderWatch watch;
  private final Set<String> touched = new TreeSet<>();
  private long firstTouch;
  private long lastTouch;
  private long lastWalk;
  private Duration walkTook = Duration.ZERO;

  FolderEyes(SafeFolder folder, Ticker ticker, BiConsumer<String, String> skipped) {
    this.folder = folder;
    this.ticker = ticker;
    this.skipped = skipped;
    this.watch = open(folder.root());
    this.lastWalk = ticker.nanos();
  }

  private static @Nullable FolderWatch open(Path root) {
    try {
      return new FolderWatch(root);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the system does not watch folders", e);
      return null;
    }
  }

  /** Hands out touched paths on a thread of its own until closed. */
  void start(Executor executor, Consumer<String> target) {
    FolderWatch watching = watch;
    if (watching != null) {
      executor.execute(() -> watching.run(target));
    }
  }

  /** Takes a path at which something happened. */
  void touch(String path) {
    lastTouch = ticker.nanos();
    if (touched.isEmpty()) {
      firstTouch = lastTouch;
    }
    touched.add(touched.size() < MANY ? path : "");
  }

  /** Whether something happened that was not looked at yet. */
  boolean isCurious() {
    return !touched.isEmpty();
  }

  /** How long until there may be something to look at. */
  Duration patience() {
    Duration untilWalk = betweenWalks().minus(ticker.since(lastWalk));
    Duration untilQuiet = touched.isEmpty() ? untilWalk : QUIET.minus(ticker.since(lastTouch));
    Duration shorter = untilQuiet.compareTo(untilWalk) < 0 ? untilQuiet : untilWalk;
    return shorter.isNegative() ? Duration.ZERO : shorter;
  }

  /** Looks at what was touched, once it is quiet, or at everything, once it is time. */
  void look(Consumer<Input.Disk> target) {
    boolean quiet =
        !touched.isEmpty()
            && (ticker.since(lastTouch).compareTo(QUIET) >= 0 || ticker.since(firstTouch).compareTo(LONGEST) >= 0);
    if (ticker.since(lastWalk).compareTo(betweenWalks()) >= 0 || (quiet && touched.contains(""))) {
      touched.clear();
      lookThrough(target);
    } else if (quiet) {
      Set<String> scopes = Set.copyOf(touched);
      touched.clear();
      scopes.stream().sorted().forEach(scope -> target.accept(new Input.Disk(scope, walk(scope))));
    }
  }

  /** Looks at everything. */
  void lookThrough(Consumer<Input.Disk> target) {
    long began = ticker.nanos();
    Input.Disk seen = new Input.Disk("", walk(""));
    lastWalk = ticker.nanos();
    walkTook = ticker.since(began);
    target.accept(seen);
  }

  private SortedMap<String, Stamp> walk(String scope) {
    return Walk.files(folder.root(), scope, this::enter, skipped);
  }

  private void enter(Path entered) {
    FolderWatch watching = watch;
    if (watching != null) {
      watching.add(entered);
    }
  }

  private Duration betweenWalks() {
    FolderWatch watching = watch;
    Duration least = watching != null && watching.isComplete() ? BETWEEN_WALKS : BETWEEN_WALKS_UNWATCHED;
    Duration fair = walkTook.multipliedBy(SHARE);
    return fair.compareTo(least) > 0 ? fair : least;
  }

  /** Removes temporary files that an earlier run left, everywhere in the folder. */
  void cleanUp() {
    Walk.files(
        folder.root(),
        "",
        entered -> {
          try {
            folder.removeLeftOvers(entered);
          } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "left-over files stay", e);
          }
        },
        (path, reason) -> {});
  }

  @Override
  public void close() {
    FolderWatch watching = watch;
    if (watching != null) {
      watching.close();
    }
  }
}
