package org.docs4j.engine.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.docs4j.api.AbortReason;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.wire.EntryCodec;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;

/** The bytes of {@link SyncMessage} (WIRE 4.2 and 4.3). */
public final class SyncMessageCodec {
  /** The longest frame body that is taken, in bytes: 1 GiB, as real nodes do (WIRE 4.2). */
  public static final int MAX_FRAME_BYTES = 1 << 30;

  /** In the order of the wire. */
  private static final List<AbortReason> REASONS =
      List.of(AbortReason.NOT_FOUND, AbortReason.ALREADY_SYNCING, AbortReason.INTERNAL_SERVER_ERROR);

  private static final List<ContentStatus> STATUSES =
      List.of(ContentStatus.COMPLETE, ContentStatus.INCOMPLETE, ContentStatus.MISSING);

  private SyncMessageCodec() {}

  /** The whole frame: four bytes length, big-endian, then the message. */
  public static byte[] encodeFrame(SyncMessage message) {
    PostcardWriter out = new PostcardWriter();
    if (message instanceof SyncMessage.Init init) {
      out.variant(0).bytes32(init.namespace().bytes());
      writeMessage(out, init.message());
    } else if (message instanceof SyncMessage.Sync sync) {
      out.variant(1);
      writeMessage(out, sync.message());
    } else if (message instanceof SyncMessage.Abort abort) {
      out.variant(2).variant(REASONS.indexOf(abort.reason()));
    }
    return out.toFrame();
  }

  /**
   * Reads a frame's body that has arrived as a whole, as {@link MessageDecoder} does.
   *
   * @throws org.docs4j.api.MalformedMessageException if the bytes are no message
   */
  public static SyncMessage decode(byte[] body) {
    MessageDecoder decoder = new MessageDecoder(body.length);
    decoder.feed(ByteBuffer.wrap(body));
    List<Piece> pieces = new ArrayList<>();
    do {
      decoder.advance();
      pieces.addAll(decoder.takeBatch());
    } while (!decoder.isDone());
    return of(decoder.head().orElseThrow(), pieces);
  }

  /** The message with this beginning and all its pieces. */
  public static SyncMessage of(MessageHead head, List<Piece> pieces) {
    if (head instanceof MessageHead.Abort abort) {
      return new SyncMessage.Abort(abort.reason());
    }
    RangeMessage message = MessageDecoder.toMessage(pieces);
    return head instanceof MessageHead.Init init
        ? new SyncMessage.Init(init.namespace(), message)
        : new SyncMessage.Sync(message);
  }

  private static void writeMessage(PostcardWriter out, RangeMessage message) {
    out.count(message.parts().size());
    for (Part part : message.parts()) {
      if (part instanceof Part.RangeFingerprint fingerprint) {
        out.variant(0);
        writeRange(out, fingerprint.range());
        out.bytes32(fingerprint.fingerprint().bytes());
      } else if (part instanceof Part.RangeItem item) {
        out.variant(1);
        writeRange(out, item.range());
        writeValues(out, item.values());
        out.bool(item.haveLocal());
      }
    }
  }

  private static void writeRange(PostcardWriter out, Range range) {
    EntryCodec.writeIdentifier(out, range.x());
    EntryCodec.writeIdentifier(out, range.y());
  }

  private static void writeValues(PostcardWriter out, List<Part.Value> values) {
    out.count(values.size());
    for (Part.Value value : values) {
      EntryCodec.writeSignedEntry(out, value.entry());
      out.variant(STATUSES.indexOf(value.contentStatus()));
    }
  }

  static AbortReason reason(PostcardReader in) {
    return REASONS.get(in.variant(REASONS.size(), "abort reason"));
  }

  static ContentStatus status(PostcardReader in) {
    return STATUSES.get(in.variant(STATUSES.size(), "content status"));
  }
}
