package org.docs4j.api.spi.transport;

/**
 * The name of a protocol that a connection carries (RFC 7301).
 *
 * @param name 1 to 255 ASCII characters
 */
public record Alpn(String name) {
  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if there is not between 1 and 255 characters
   */
  public Alpn {
    if (name.isEmpty() || name.length() > 255) {
      throw new IllegalArgumentException("a protocol name has 1 to 255 characters");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
