package org.docs4j.engine.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.engine.ranger.NaiveReplica;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.Reconciler;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.session.PiecedStream;
import org.docs4j.tck.DecoderList;

/**
 * The decoders of this module, see {@link DecoderList}. A sync message is read as a whole and as it would arrive, which has
 * to come to the same, and answered if it can be read.
 */
final class Decoders {
  private static final int MAX_VALUES = 64;
  private static final int NEXT_FRAME_BYTES = 300;

  private static final List<Consumer<byte[]>> EACH =
      List.of(
          body -> sync(body, ReconcilerConfig.DEFAULT),
          body -> sync(body, new ReconcilerConfig(2, 1, 500, true)),
          Decoders::op,
          PiecedStream::messages);

  /** How many there are. */
  static final int COUNT = EACH.size();

  /** The number of the one that takes frames with their lengths. */
  static final int STREAM = 3;

  private static final DecoderList ALL = DecoderList.of(List.of(MalformedMessageException.class), EACH);

  private Decoders() {}

  static void decode(byte[] input) {
    ALL.decode(input);
  }

  private static void op(byte[] bytes) {
    Op op = OpCodec.decode(Bytes.of(bytes));
    Op again = OpCodec.decode(OpCodec.encode(op, Integer.MAX_VALUE));
    same(op, again);
  }

  private static void same(Object read, Object again) {
    if (!read.equals(again)) {
      throw new AssertionError(read + " is read again as " + again);
    }
  }

  private static void sync(byte[] body, ReconcilerConfig config) {
    Optional<SyncMessage> arrived = arrived(body);
    SyncMessage message;
    try {
      message = SyncMessageCodec.decode(body);
    } catch (MalformedMessageException e) {
      same(Optional.empty(), arrived);
      throw e;
    }
    same(Optional.of(message), arrived);
    byte[] frame = SyncMessageCodec.encodeFrame(message);
    same(message, SyncMessageCodec.decode(Arrays.copyOfRange(frame, 4, frame.length)));
    if (message instanceof SyncMessage.Init init) {
      answer(init.namespace(), init.message(), config);
    } else if (message instanceof SyncMessage.Sync sync && !sync.message().isEmpty()) {
      answer(sync.message().parts().get(0).range().x().namespace(), sync.message(), config);
    }
  }

  /** What is decoded of a frame while it arrives, with what follows it; empty if it is no message. */
  private static Optional<SyncMessage> arrived(byte[] body) {
    MessageDecoder decoder = new MessageDecoder(body.length);
    byte[] stream = Arrays.copyOf(body, body.length + NEXT_FRAME_BYTES);
    List<Piece> pieces = new ArrayList<>();
    try {
      for (int at = 0; decoder.missing() > 0 || !decoder.isDone(); ) {
        ByteBuffer piece = ByteBuffer.wrap(stream, at, PiecedStream.size(stream, at));
        decoder.feed(piece);
        at = piece.position();
        while (decoder.advance()) {
          pieces.addAll(decoder.takeBatch());
        }
        if (at > body.length) {
          throw new AssertionError("bytes of the next frame were taken");
        }
      }
    } catch (MalformedMessageException e) {
      return Optional.empty();
    }
    pieces.addAll(decoder.takeBatch());
    return Optional.of(SyncMessageCodec.of(decoder.head().orElseThrow(), pieces));
  }

  /** A replica that has every second entry of the message answers it. */
  private static void answer(NamespaceId namespace, RangeMessage message, ReconcilerConfig config) {
    NaiveReplica replica = new NaiveReplica();
    List<Part.Value> values =
        message.parts().stream()
            .flatMap(part -> part instanceof Part.RangeItem item ? item.values().stream() : null)
            .filter(value -> value.entry().id().namespace().equals(namespace))
            .limit(MAX_VALUES)
            .toList();
    for (int i = 0; i < values.size(); i += 2) {
      replica.put(values.get(i).entry());
    }
    Reconciler reconciler = new Reconciler(namespace, config);
    RangeMessage answer = reconciler.handle(message, replica, replica);
    if (answer.parts().size() > 16 * (message.parts().size() + 1)) {
      throw new AssertionError(answer.parts().size() + " parts answer " + message.parts().size());
    }
  }
}
