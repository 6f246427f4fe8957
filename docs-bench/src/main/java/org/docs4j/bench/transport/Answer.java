package org.docs4j.bench.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.docs4j.bench.BenchException;
import org.docs4j.bench.Memory;

/** What an acceptor answers to the bytes of one stream; their first one says what is wanted. */
final class Answer {
  /** The same bytes back. */
  static final byte ECHO = 1;

  /** How many bytes came. */
  static final byte COUNT = 2;

  /** What the process occupies besides mapped files, garbage collected: MiB, as the bits of a double. */
  static final byte MEMORY = 3;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private byte wanted;
  private long count;

  void arrived(ByteBuffer data) {
    if (count == 0 && data.hasRemaining()) {
      wanted = data.get(data.position());
    }
    count += data.remaining();
    if (wanted == ECHO) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      kept.writeBytes(bytes);
    }
  }

  /** At the end of the stream. */
  CompletableFuture<byte[]> answer() {
    return switch (wanted) {
      case ECHO -> CompletableFuture.completedFuture(kept.toByteArray());
      case COUNT -> CompletableFuture.completedFuture(bytes(count));
      default -> CompletableFuture.supplyAsync(() -> bytes(Double.doubleToLongBits(memory())));
    };
  }

  private static double memory() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Memory.of(ProcessHandle.current().pid())
        .orElseThrow(() -> new BenchException("this system does not say what a process occupies"))
        .anonymous();
  }

  static byte[] bytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }
}
