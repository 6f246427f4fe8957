package org.docs4j.api.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimestampTest {
  @Test
  void order_isUnsigned() {
    Timestamp[] ordered = {
      Timestamp.EPOCH,
      new Timestamp(1),
      new Timestamp(Long.MAX_VALUE),
      new Timestamp(Long.MIN_VALUE),
      new Timestamp(-2),
      Timestamp.LATEST
    };
    for (int i = 0; i < ordered.length; i++) {
      for (int j = 0; j < ordered.length; j++) {
        assertEquals(Integer.compare(i, j), Integer.signum(ordered[i].compareTo(ordered[j])));
        assertEquals(i > j, ordered[i].isAfter(ordered[j]));
      }
    }
    assertEquals("18446744073709551615", Timestamp.LATEST.toString());
  }

  @Test
  void of_instant_isCutToMicroseconds() {
    assertEquals(new Timestamp(1_700_000_000_000_001L), Timestamp.of(Instant.ofEpochSecond(1_700_000_000, 1_999)));
    assertEquals(Timestamp.EPOCH, Timestamp.of(Instant.EPOCH));
    assertThrows(IllegalArgumentException.class, () -> Timestamp.of(Instant.EPOCH.minusNanos(1)));
  }

  @Test
  void plus_duration_endsAtTheLatest() {
    assertEquals(new Timestamp(600_000_007), new Timestamp(7).plus(Duration.ofMinutes(10)));
    assertEquals(new Timestamp(8), new Timestamp(7).plus(Duration.ofNanos(1_999)));
    assertEquals(new Timestamp(Long.MIN_VALUE), new Timestamp(Long.MAX_VALUE).plus(Duration.ofNanos(1_000)));
    assertEquals(Timestamp.LATEST, new Timestamp(-2).plus(Duration.ofMinutes(10)));
    assertEquals(Timestamp.LATEST, Timestamp.EPOCH.plus(Duration.ofSeconds(Long.MAX_VALUE)));
    assertThrows(IllegalArgumentException.class, () -> Timestamp.EPOCH.plus(Duration.ofNanos(-1)));
  }

  @Test
  void next_ofTheLatest_stays() {
    assertEquals(new Timestamp(1), Timestamp.EPOCH.next());
    assertEquals(new Timestamp(Long.MIN_VALUE), new Timestamp(Long.MAX_VALUE).next());
    assertEquals(Timestamp.LATEST, Timestamp.LATEST.next());
    assertFalse(Timestamp.LATEST.next().isAfter(Timestamp.LATEST));
    assertTrue(Timestamp.EPOCH.next().isAfter(Timestamp.EPOCH));
  }
}
