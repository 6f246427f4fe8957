package org.docs4j.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

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
    StringBuilder out = new StringBuilder(head(stores));
    rows.forEach((row, byStore) -> out.append(line(row, cells(byStore, stores))));
    return out.toString();
  }

  /** The same for two subjects, with a column for how many times better the first is: its median against the other's. */
  public String comparison(String one, String other, Predicate<String> moreIsBetter) {
    StringBuilder out = new StringBuilder(head(List.of(one, other, "ratio")));
    rows.forEach((row, byStore) -> {
      List<String> cells = new ArrayList<>(cells(byStore, List.of(one, other)));
      cells.add(ratio(byStore, one, other, moreIsBetter.test(row)));
      out.append(line(row, cells));
    });
    return out.toString();
  }

  private static String head(List<String> columns) {
    return "| | " + String.join(" | ", columns) + " |\n|---|" + "--:|".repeat(columns.size()) + '\n';
  }

  private static String line(String row, List<String> cells) {
    return "| " + row + " | " + String.join(" | ", cells) + " |\n";
  }

  private static List<String> cells(Map<String, List<Double>> byStore, List<String> stores) {
    return stores.stream().map(store -> cell(byStore.getOrDefault(store, List.of()))).toList();
  }

  private static String ratio(Map<String, List<Double>> figures, String one, String other, boolean moreIsBetter) {
    if (!figures.containsKey(one) || !figures.containsKey(other)) {
      return "-";
    }
    double first = Percentiles.median(figures.get(one));
    double second = Percentiles.median(figures.get(other));
    return String.format(Locale.ROOT, "%.2fx", moreIsBetter ? first / second : second / first);
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
