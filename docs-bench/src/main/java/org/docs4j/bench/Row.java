package org.docs4j.bench;

/**
 * A row of the table.
 *
 * @param title what is measured
 * @param unit in what
 * @param moreIsBetter whether a larger figure is the better one
 */
record Row(String title, String unit, boolean moreIsBetter) {
  static Row millis(String title) {
    return new Row(title, "ms", false);
  }

  static Row perSecond(String title) {
    return new Row(title, "/s", true);
  }

  static Row mebibytes(String title) {
    return new Row(title, "MiB", false);
  }
}
