package org.docs4j.cli.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EmptyFilesTest {
  private static byte[] markers(int count) {
    return new String(EmptyFiles.marker(), StandardCharsets.US_ASCII).repeat(count).getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean isMarkers(byte[] content) throws IOException {
    return EmptyFiles.mayBeMarkers(content.length) && EmptyFiles.isMarkers(new ByteArrayInputStream(content));
  }

  @Test
  void isMarkers_markersOnly_isTrue() throws IOException {
    assertTrue(isMarkers(markers(1)));
    assertTrue(isMarkers(markers(5)));
  }

  @Test
  void isMarkers_anythingElse_isFalse() throws IOException {
    byte[] changed = markers(3);
    changed[changed.length - 1]++;
    ByteArrayOutputStream longer = new ByteArrayOutputStream();
    longer.writeBytes(markers(2));
    longer.write('x');

    assertFalse(isMarkers(new byte[0]));
    assertFalse(isMarkers(new byte[EmptyFiles.markerLength()]));
    assertFalse(isMarkers(changed));
    assertFalse(isMarkers(longer.toByteArray()));
  }

  @Test
  void withOneMore_markers_areOneMarkerLonger() throws IOException {
    assertArrayEquals(markers(1), EmptyFiles.withOneMore(new ByteArrayInputStream(new byte[0])).readAllBytes());
    assertArrayEquals(markers(4), EmptyFiles.withOneMore(new ByteArrayInputStream(markers(3))).readAllBytes());
  }
}
