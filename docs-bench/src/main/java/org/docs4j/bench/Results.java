package org.docs4j.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of all rounds, and the table of them. */
final class Results {
  private static final int EXACT_BELOW = 100;

  private final Map<Row, Map<NodeKind, List<Double>>> figures = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  void add(Row row, NodeKind kind, double figure) {
    figures.computeIfAbsent(row, r -> new LinkedHashMap<>()).computeIfAbsent(kind, k -> new ArrayList<>()).add(figure);
  }

  /** Keeps a remark for the reader of the table. */
  void note(String what) {
    notes.add(what);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  void fail(String what) {
    failures.add(what);
  }

  /** What could not be measured, or not wholly, in sentences. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** A table in Markdown: a column for each kind, and one for how many times better the first is than the best other one. */
  String table(List<NodeKind> kinds) {
    boolean compared = kinds.size() > 1;
    StringBuilder out = new StringBuilder();
    String heads = kinds.stream().map(NodeKind::name).collect(Collectors.joining(" | "));
    out.append("| row | unit | ").append(heads).append(compared ? " | ratio |\n" : " |\n");
    out.append("|---|---|").append("--:|".repeat(kinds.size() + (compared ? 1 : 0))).append('\n');
    figures.forEach((row, byKind) -> {
      out.append("| ").append(row.title()).append(" | ").append(row.unit()).append(" |");
      kinds.forEach(kind -> out.append(' ').append(cell(byKind.getOrDefault(kind, List.of()))).append(" |"));
      if (compared) {
        out.append(' ').append(ratio(row, byKind, kinds)).append(" |");
      }
      out.append('\n');
    });
    return out.toString();
  }

  private static String cell(List<Double> values) {
    if (values.isEmpty()) {
      return "-";
    }
    List<Double> sorted = values.stream().sorted().toList();
    String middle = number(Percentiles.median(sorted));
    return sorted.size() == 1
        ? middle
        : middle + " (" + number(sorted.get(0)) + "-" + number(sorted.get(sorted.size() - 1)) + ")";
  }

  private static String ratio(Row row, Map<NodeKind, List<Double>> byKind, List<NodeKind> kinds) {
    List<Double> others =
        kinds.stream().skip(1).filter(byKind::containsKey).map(kind -> Percentiles.median(byKind.get(kind))).sorted().toList();
    if (others.isEmpty() || !byKind.containsKey(kinds.get(0))) {
      return "-";
    }
    double ours = Percentiles.median(byKind.get(kinds.get(0)));
    double theirs = others.get(row.moreIsBetter() ? others.size() - 1 : 0);
    return String.format(Locale.ROOT, "%.2fx", row.moreIsBetter() ? ours / theirs : theirs / ours);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < EXACT_BELOW ? "%.1f" : "%.0f", value);
  }
}
