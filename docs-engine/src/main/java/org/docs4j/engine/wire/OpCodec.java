package org.docs4j.engine.wire;

import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.wire.AuthorHeadsCodec;
import org.docs4j.api.wire.EntryCodec;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.api.wire.PostcardWriter;

/** The bytes of {@link Op}. */
public final class OpCodec {
  /** What the wrapping of a report takes besides its heads: variant, namespace, length. */
  private static final int REPORT_OVERHEAD_BYTES = 1 + 32 + 5;

  private OpCodec() {}

  /** How many heads a report has at most that is so long. */
  public static int mostHeads(int maxBytes) {
    return AuthorHeadsCodec.most(maxBytes - REPORT_OVERHEAD_BYTES);
  }

  /**
   * The content of a gossip message.
   *
   * @param maxBytes how long it may be; the heads of a report are cut to fit, other operations may come out longer and
   *     are then not sent
   */
  public static Bytes encode(Op op, int maxBytes) {
    PostcardWriter out = new PostcardWriter();
    if (op instanceof Op.Put put) {
      out.variant(0);
      EntryCodec.writeSignedEntry(out, put.entry());
    } else if (op instanceof Op.ContentReady ready) {
      out.variant(1).bytes32(ready.hash().bytes());
    } else if (op instanceof Op.SyncReport report) {
      out.variant(2).bytes32(report.namespace().bytes());
      out.byteString(AuthorHeadsCodec.encode(report.heads(), maxBytes - REPORT_OVERHEAD_BYTES));
    }
    return out.toBytes();
  }

  /**
   * Reads the content of a gossip message.
   *
   * @throws org.docs4j.api.MalformedMessageException if it is no operation
   */
  public static Op decode(Bytes content) {
    PostcardReader in = new PostcardReader(content.toByteArray());
    return switch (in.variant(3, "gossip operation")) {
      case 0 -> new Op.Put(EntryCodec.readSignedEntry(in));
      case 1 -> new Op.ContentReady(new Hash(in.bytes32()));
      default -> new Op.SyncReport(
          new NamespaceId(in.bytes32()), AuthorHeadsCodec.decode(in.byteString(in.remaining())));
    };
  }
}
