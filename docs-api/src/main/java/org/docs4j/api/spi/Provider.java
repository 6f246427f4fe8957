package org.docs4j.api.spi;

/**
 * What all providers have in common. Constructors allocate nothing and start nothing: {@link java.util.ServiceLoader}
 * makes providers only to ask for their names.
 */
public interface Provider {
  /** The name by which users choose this provider: lower-case letters, digits and dashes. */
  String name();

  /** Whether what it opens keeps its data in a folder; {@code false} for what lives in memory or keeps nothing. */
  boolean persistent();
}
