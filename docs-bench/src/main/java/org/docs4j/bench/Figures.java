package org.docs4j.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All figures of all rounds by row and subject, such as a store, and the one table of them. */
public final class Figures {
  private final Map<String, Map<String, List<Double>>> rows = new LinkedHashMap<>();

  /** Makes an empty table. */
  public Figures() {}

  /** Adds a figure of a round. */
  public void add(String row, String store, double figure) {
    rows.computeIfAbsent(row, r -> new LinkedHashMap<>()).computeIfAbsent(store, s -> new ArrayList<>()).add(figure);
  }

  /** Adds a row that compares two others round by round, if both were measured. */
  public void compare(String row, String one, String other) {
    Map<String, List<Double>> left = rows.getOrDefault(one, Map.of());
    Map<String, List<Double>> right = rows.getOrDefault(other, Map.of());
    left.forEach((store, figures) -> {
      List<Double> others = right.getOrDefault(store, List.of());
      for (int i = 0; i < Math.min(figures.size(), others.size()); i++) {
        add(row, store, figures.get(i) / others.get(i));
      }
    });
  }

  /** A table in Markdown with a column for each subject. */
  public String table(List<String> stores) {
    StringBuilder out = new StringBuilder("| | ").append(String.join(" | ", stores)).append(" |\n|---|");
    out.append("--:|".repeat(stores.size())).append('\n');
    rows.forEach((row, byStore) -> {
      out.append("| ").append(row).append(" |");
      stores.forEach(store -> out.append(' ').append(cell(byStore.getOrDefault(store, List.of()))).append(" |"));
      out.append('\n');
    });
    return out.toString();
  }

  private static String cell(List<Double> figures) {
    if (figures.isEmpty()) {
      return "-";
    }
    List<Double> sorted = figures.stream().sorted().toList();
    int last = sorted.size() - 1;
    String median = number((sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2);
    return last == 0 ? median : median + " (" + number(sorted.get(0)) + "-" + number(sorted.get(last)) + ")";
  }

  private static String number(double value) {
    int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
