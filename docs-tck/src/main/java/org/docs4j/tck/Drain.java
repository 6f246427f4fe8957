package org.docs4j.tck;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.jspecify.annotations.Nullable;

/** Reads a stream to its end without a thread, however many reads complete at once. */
final class Drain {
  private static final int MAX = 16 * 1024;

  private final ReceiveStream stream;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

  private Drain(ReceiveStream stream) {
    this.stream = stream;
  }

  /** All bytes up to the end; fails as the read that fails. */
  static CompletionStage<byte[]> of(ReceiveStream stream) {
    Drain drain = new Drain(stream);
    drain.go();
    return drain.whole;
  }

  private void go() {
    while (!whole.isDone()) {
      CompletionStage<Optional<ByteBuffer>> read = stream.read(MAX);
      if (!read.toCompletableFuture().isDone()) {
        read.whenComplete(
            (data, failure) -> {
              took(data, failure);
              go();
            });
        return;
      }
      read.whenComplete(this::took);
    }
  }

  private void took(Optional<ByteBuffer> data, @Nullable Throwable failure) {
    if (failure != null) {
      whole.completeExceptionally(failure);
    } else if (data.isEmpty()) {
      whole.complete(bytes.toByteArray());
    } else {
      byte[] piece = new byte[data.get().remaining()];
      data.get().get(piece);
      bytes.writeBytes(piece);
    }
  }
}
