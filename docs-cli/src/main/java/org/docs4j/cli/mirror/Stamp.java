package org.docs4j.cli.mirror;

/**
 * What tells a file from its earlier state without reading it.
 *
 * @param size its length in bytes, or -1 for no file
 * @param modified when it was last changed, in nanoseconds since the epoch
 */
public record Stamp(long size, long modified) {
  /** No file is there. */
  public static final Stamp NONE = new Stamp(-1, 0);

  /** Whether there is a file. */
  public boolean exists() {
    return size >= 0;
  }
}
