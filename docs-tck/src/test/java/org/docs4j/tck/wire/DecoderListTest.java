package org.docs4j.tck.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.StoreException;
import org.docs4j.tck.DecoderList;
import org.junit.jupiter.api.Test;

class DecoderListTest {
  private static DecoderList throwing(RuntimeException thrown) {
    return DecoderList.of(
        List.of(MalformedMessageException.class),
        List.of(
            bytes -> {
              throw thrown;
            }));
  }

  @Test
  void decode_firstByte_choosesWhoGetsTheRest() {
    List<byte[]> first = new ArrayList<>();
    List<byte[]> second = new ArrayList<>();
    DecoderList list = DecoderList.of(List.of(), List.of(first::add, second::add));
    list.decode(new byte[] {2, 7, 8});
    list.decode(new byte[] {(byte) 255});
    list.decode(new byte[0]);
    assertEquals(List.of(1, 1), List.of(first.size(), second.size()));
    assertArrayEquals(new byte[] {7, 8}, first.get(0));
    assertArrayEquals(new byte[0], second.get(0));
  }

  @Test
  void decode_refusal_isPassedOverIfItSaysSomething() {
    byte[] input = new byte[1];
    assertDoesNotThrow(() -> throwing(new MalformedMessageException("too short")).decode(input));
    for (String sentence : List.of(" ", "x".repeat(1001))) {
      assertThrows(AssertionError.class, () -> throwing(new MalformedMessageException(sentence)).decode(input));
    }
  }

  @Test
  void decode_anythingElse_isThrown() {
    byte[] input = new byte[1];
    assertThrows(StoreException.class, () -> throwing(new StoreException("another one")).decode(input));
    assertThrows(IndexOutOfBoundsException.class, () -> throwing(new IndexOutOfBoundsException("a bug")).decode(input));
  }

  @Test
  void of_noneOrTooManyToChooseFrom_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> DecoderList.of(List.of(), List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> DecoderList.of(List.of(), Collections.nCopies(257, bytes -> {})));
  }
}
