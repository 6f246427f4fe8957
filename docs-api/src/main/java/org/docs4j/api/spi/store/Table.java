package org.docs4j.api.spi.store;

/**
 * One of the fixed set of tables of a store. Its number tells it from others, its name never does (store106).
 *
 * @param number identifies the table on disk for ever, 0 to 255
 * @param name what people call it
 */
public record Table(int number, String name) {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if the number is not within 0 to 255
   */
  public Table {
    if (number < 0 || number > 255) {
      throw new IllegalArgumentException("table number " + number + " is not within 0 to 255");
    }
  }
}
