package org.docs4j.engine.wire;

import java.util.ArrayList;
import java.util.List;
import org.docs4j.api.AbortReason;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.wire.EntryCodec;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;

/** The bytes of {@link SyncMessage} (WIRE 4.2 and 4.3). */
public final class SyncMessageCodec {
  /** The longest frame body that is taken, in bytes. */
  public static final int MAX_FRAME_BYTES = 64 << 20;

  private static final int MIN_PART_BYTES = 1 + 2 * (1 + 64) + 2;
  private static final int MIN_VALUE_BYTES = EntryCodec.MIN_SIGNED_ENTRY_BYTES + 1;

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
   * Reads a frame's body. Bytes after the message are ignored, as real nodes do.
   *
   * @throws MalformedMessageException if the bytes are no message
   */
  public static SyncMessage decode(byte[] body) {
    PostcardReader in = new PostcardReader(body);
    return switch (in.variant(3, "sync message")) {
      case 0 -> new SyncMessage.Init(new NamespaceId(in.bytes32()), readMessage(in));
      case 1 -> new SyncMessage.Sync(readMessage(in));
      default -> new SyncMessage.Abort(REASONS.get(in.variant(REASONS.size(), "abort reason")));
    };
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

  private static RangeMessage readMessage(PostcardReader in) {
    int count = in.count(Integer.MAX_VALUE, MIN_PART_BYTES);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(readPart(in));
    }
    return new RangeMessage(parts);
  }

  private static Part readPart(PostcardReader in) {
    int variant = in.variant(2, "part");
    Range range = new Range(EntryCodec.readIdentifier(in), EntryCodec.readIdentifier(in));
    if (variant == 0) {
      Bytes32 fingerprint = in.bytes32();
      return new Part.RangeFingerprint(range, new Fingerprint(fingerprint));
    }
    int count = in.count(Integer.MAX_VALUE, MIN_VALUE_BYTES);
    List<Part.Value> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(
          new Part.Value(
              EntryCodec.readSignedEntry(in),
              STATUSES.get(in.variant(STATUSES.size(), "content status"))));
    }
    return new Part.RangeItem(range, values, in.bool());
  }
}
