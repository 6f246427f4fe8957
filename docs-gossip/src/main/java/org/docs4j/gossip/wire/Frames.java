package org.docs4j.gossip.wire;

import org.docs4j.api.model.TopicId;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.gossip.proto.Message;

/** Writes the frames of {@code /iroh-gossip/1}: a length of four bytes, then a topic or a message (WIRE 5.1). */
public final class Frames {
  private Frames() {}

  /** The first frame of a stream. */
  public static byte[] header(TopicId topic) {
    return new PostcardWriter().bytes32(topic.bytes()).toFrame();
  }

  /** Any later frame. */
  public static byte[] message(Message message) {
    PostcardWriter out = new PostcardWriter();
    MessageCodec.write(out, message);
    return out.toFrame();
  }
}
