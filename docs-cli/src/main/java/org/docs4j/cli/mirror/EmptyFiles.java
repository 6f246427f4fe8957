package org.docs4j.cli.mirror;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.docs4j.api.model.Hash;

/**
 * How files without content travel: an entry cannot be empty, since that is how deletions look (WIRE 3.4).
 *
 * <p>The content of an empty file is {@link #MARKER}. So that no file is taken for what it is not, a file that consists
 * of the marker, any number of times, travels with one marker more. Every other file travels as it is. Pure functions.
 */
final class EmptyFiles {
  private static final byte[] MARKER = "docs4j: this file is empty\n".getBytes(StandardCharsets.US_ASCII);

  private EmptyFiles() {}

  /** The content that an empty file travels with. */
  static byte[] marker() {
    return MARKER.clone();
  }

  /** The hash of that content. */
  static Hash markerHash() {
    return Hash.ofContent(MARKER);
  }

  /** Whether content of that length may consist of markers, so that it must be looked at. */
  static boolean mayBeMarkers(long length) {
    return length > 0 && length % MARKER.length == 0;
  }

  /** Whether the content consists of markers, at least one; reads only as far as it does. */
  static boolean isMarkers(InputStream content) throws IOException {
    int markers = 0;
    byte[] part = content.readNBytes(MARKER.length);
    while (part.length > 0) {
      if (!Arrays.equals(part, MARKER)) {
        return false;
      }
      markers++;
      part = content.readNBytes(MARKER.length);
    }
    return markers > 0;
  }

  /** One more marker than there is content. */
  static InputStream withOneMore(InputStream content) {
    return new SequenceInputStream(new ByteArrayInputStream(MARKER), content);
  }

  /** How many bytes a marker has. */
  static int markerLength() {
    return MARKER.length;
  }
}
