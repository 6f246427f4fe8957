package org.docs4j.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.docs4j.api.model.Hash;

/**
 * The files of the demonstration and what they must be like in the end: every change is made on one side and noted here.
 * Used by one thread.
 */
final class DemoFiles {
  private final RandomGenerator random;
  private final SortedMap<String, Hash> expected = new TreeMap<>();
  private int made;

  DemoFiles(RandomGenerator random) {
    this.random = random;
  }

  /** What each side must have. */
  SortedMap<String, Hash> expected() {
    return Collections.unmodifiableSortedMap(expected);
  }

  /** Makes so many files of so many bytes in all: a few large ones, many small ones, one empty. */
  void make(Path side, int count, long bytes) throws IOException {
    write(side, "README", 1);
    write(side, "README.md", 1);
    write(side, "empty", 0);
    double[] weights = random.doubles(count - 3L).map(number -> Math.pow(number, 6)).toArray();
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    long left = bytes - 2;
    for (int i = 0; i < weights.length; i++) {
      boolean last = i == weights.length - 1;
      long size = last ? left : Math.min(left, Math.max(1, (long) (weights[i] / sum * bytes)));
      write(side, newPath(), (int) size);
      left -= size;
    }
  }

  /** Makes so many files more, each of so many bytes. */
  void add(Path side, int count, int bytes) throws IOException {
    for (int i = 0; i < count; i++) {
      write(side, newPath(), bytes);
    }
  }

  /** Gives some files other content. */
  void change(Path side, List<String> paths) throws IOException {
    for (String path : paths) {
      write(side, path, 1 + random.nextInt(20_000));
    }
  }

  /** Removes some files. */
  void remove(Path side, List<String> paths) throws IOException {
    for (String path : paths) {
      Files.delete(side.resolve(path));
      expected.remove(path);
    }
  }

  /** Picks so many different files for each of several purposes. */
  List<List<String>> pick(int purposes, int each) {
    List<String> paths = new ArrayList<>(expected.keySet());
    List<List<String>> picked = new ArrayList<>();
    for (int i = 0; i < purposes; i++) {
      List<String> some = new ArrayList<>();
      while (some.size() < each && !paths.isEmpty()) {
        some.add(paths.remove(random.nextInt(paths.size())));
      }
      picked.add(some);
    }
    return picked;
  }

  private String newPath() {
    made++;
    return "folder-" + made % 7 + "/part-" + made % 5 + "/file-" + made + ".bin";
  }

  private void write(Path side, String path, int size) throws IOException {
    byte[] content = new byte[size];
    random.nextBytes(content);
    Path file = side.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    expected.put(path, Hash.ofContent(content));
  }
}
