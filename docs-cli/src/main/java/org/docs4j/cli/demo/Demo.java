package org.docs4j.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.Environment;
import org.docs4j.cli.live.EndSwitch;
import org.docs4j.cli.node.CommandFailedException;
import org.docs4j.cli.output.Output;
import org.docs4j.cli.output.Progress;

/** One run of the demonstration, in a temporary folder of its own; used by one thread. */
final class Demo {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SOME = 25;
  private static final int LARGE = 512 << 10;
  private static final int LARGE_FILES = 32;

  private final Path temporary;
  private final Environment environment;
  private final Output output;
  private final EndSwitch end;
  private final DemoFiles files;
  private final DemoTable table;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final Path left;
  private final Path right;
  private long began;

  Demo(Path temporary, Environment environment, Output output, EndSwitch end, DemoFiles files) {
    this.temporary = temporary;
    this.environment = environment;
    this.output = output;
    this.end = end;
    this.files = files;
    this.table = new DemoTable(output);
    this.left = temporary.resolve("left");
    this.right = temporary.resolve("right");
    this.began = environment.ticker().nanos();
  }

  /**
   * Goes through all steps; no process is left afterwards.
   *
   * @throws CommandFailedException if one of them fails
   */
  void run(int count, long bytes) throws IOException {
    try {
      steps(count, bytes);
    } finally {
      nodes.stream().filter(NodeProcess::isAlive).forEach(NodeProcess::kill);
    }
  }

  private void steps(int count, long bytes) throws IOException {
    Files.createDirectories(left);
    Files.createDirectories(right);
    files.make(left, count, bytes);
    step("make a folder", count, bytes);

    NodeProcess first = start("left", left, "lmdb", "--share");
    await("a ticket", () -> !first.ticket().isEmpty());
    step("start a node on LMDB", 0, 0);

    NodeProcess second = start("right", right, "rocksdb", "--join", first.ticket());
    awaitEqual(second, count);
    step("start a node on RocksDB, first sync", count, bytes);

    edit();
    awaitEqual(second, 2 * SOME);
    step("change and add files on both sides", 4L * SOME, 0);

    delete();
    awaitEqual(second, 0);
    step("delete files on both sides", 2L * SOME, 0);

    int before = second.wrote();
    files.add(left, LARGE_FILES, LARGE);
    await("the first of the new files", () -> second.wrote() > before);
    second.kill();
    step("kill the second node in the middle", LARGE_FILES, 0);

    editApart();
    NodeProcess third = start("right", right, "rocksdb", "--join", first.ticket());
    awaitEqual(third, LARGE_FILES);
    step("start it again, after changes on both sides", LARGE_FILES + 4L * SOME, (long) LARGE_FILES * LARGE);

    endAll(first, third);
    compare();
  }

  private NodeProcess start(String name, Path folder, String store, String... source) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "mirror",
                folder.toString(),
                "--data",
                temporary.resolve(name + "-data").toString(),
                "--store",
                store,
                "--bind",
                "127.0.0.1:0",
                "--json"));
    arguments.addAll(List.of(source));
    NodeProcess node =
        NodeProcess.start(name, NodeCommand.of(arguments), temporary, heard, environment.executor().io());
    nodes.add(node);
    return node;
  }

  private void edit() throws IOException {
    List<List<String>> picked = files.pick(2, SOME);
    files.change(left, picked.get(0));
    files.change(right, picked.get(1));
    files.add(left, SOME, 1000);
    files.add(right, SOME, 1000);
  }

  private void delete() throws IOException {
    List<List<String>> picked = files.pick(2, SOME);
    files.remove(left, picked.get(0));
    files.remove(right, picked.get(1));
  }

  /** Changes while one node is down; on its side only files that were there before. */
  private void editApart() throws IOException {
    List<String> there = files.expected().keySet().stream().filter(path -> Files.exists(right.resolve(path))).toList();
    List<List<String>> picked = files.pick(4, SOME);
    files.change(left, picked.get(0));
    files.remove(left, picked.get(1));
    files.change(right, picked.get(2).stream().filter(there::contains).toList());
    files.remove(right, picked.get(3).stream().filter(there::contains).toList());
  }

  private void endAll(NodeProcess first, NodeProcess second) throws IOException {
    int firstCode = first.quit(PATIENCE);
    int secondCode = second.terminate(PATIENCE);
    if (firstCode != 0 || secondCode != 0) {
      throw new CommandFailedException("the nodes ended with exit codes " + firstCode + " and " + secondCode);
    }
    step("end both nodes", 0, 0);
  }

  private void compare() throws IOException {
    SortedMap<String, Hash> leftFiles = DemoTree.read(left);
    SortedMap<String, Hash> rightFiles = DemoTree.read(right);
    if (!leftFiles.equals(rightFiles) || !leftFiles.equals(files.expected())) {
      throw new CommandFailedException("the folders are not equal");
    }
    step("compare both folders by hash", leftFiles.size(), 0);
    long bytes = 0;
    for (String path : leftFiles.keySet()) {
      bytes += Files.size(left.resolve(path));
    }
    table.print(leftFiles.size(), bytes, DemoTree.hash(leftFiles).toString());
  }

  private void awaitEqual(NodeProcess node, int toWrite) throws IOException {
    int before = node.wrote();
    try (Progress progress =
        new Progress("syncing", Progress.Unit.FILES, output, environment.ticker())) {
      await(
          "both folders to become equal",
          () -> {
            progress.onProgress(node.wrote() - before, toWrite);
            return isAsExpected(left) && isAsExpected(right);
          });
    }
  }

  /** Counts before it reads: most looks come too early. */
  private boolean isAsExpected(Path side) {
    try {
      return DemoTree.count(side) == files.expected().size() && DemoTree.read(side).equals(files.expected());
    } catch (IOException | UncheckedIOException e) {
      // A file went away while it was read.
      return false;
    }
  }

  /** Waits until something holds; looks again whenever a node says something, and now and then. */
  private void await(String what, BooleanSupplier condition) {
    long started = environment.ticker().nanos();
    while (!condition.getAsBoolean()) {
      if (end.isOn()) {
        throw new CommandFailedException("ended before the demonstration was over");
      }
      for (NodeProcess node : nodes.subList(Math.max(0, nodes.size() - 2), nodes.size())) {
        if (!node.isAlive() && nodes.indexOf(node) != killed()) {
          throw new CommandFailedException("a node ended by itself; it said: " + node.lastWords());
        }
      }
      if (environment.ticker().since(started).compareTo(PATIENCE) > 0) {
        throw new CommandFailedException("waited in vain for " + what + " for " + PATIENCE.toSeconds() + " seconds");
      }
      listen();
    }
  }

  /** The second node is the one that is killed, once there is a third. */
  private int killed() {
    return nodes.size() > 2 ? 1 : -1;
  }

  private void listen() {
    try {
      heard.poll(200, TimeUnit.MILLISECONDS);
      heard.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted", e);
    }
  }

  private void step(String name, long count, long bytes) {
    long now = environment.ticker().nanos();
    table.add(name, count, bytes, Duration.ofNanos(now - began));
    began = now;
  }
}
