package org.docs4j.tck.store;

import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** An ordered map for each table. */
final class TinyTables {
  private final Comparator<byte[]> order;
  private final Map<Integer, NavigableMap<byte[], byte[]>> maps = new TreeMap<>();

  TinyTables(Comparator<byte[]> order) {
    this.order = order;
  }

  NavigableMap<byte[], byte[]> table(int number) {
    return maps.computeIfAbsent(number, any -> new TreeMap<>(order));
  }

  Map<Integer, NavigableMap<byte[], byte[]>> all() {
    return maps;
  }

  /** These tables, but for the lowest of others that replaces its own. */
  TinyTables withTheFirstOf(TinyTables others) {
    TinyTables mixed = copy();
    others.maps.entrySet().stream().findFirst().ifPresent(first -> mixed.maps.put(first.getKey(), first.getValue()));
    return mixed;
  }

  TinyTables copy() {
    TinyTables copy = new TinyTables(order);
    maps.forEach((number, map) -> copy.maps.put(number, new TreeMap<>(map)));
    return copy;
  }
}
