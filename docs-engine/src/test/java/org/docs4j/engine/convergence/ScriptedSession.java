package org.docs4j.engine.convergence;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;

/** A session between two replicas, one message at a time, through the bytes of the wire. */
final class ScriptedSession {
  private static final int MAX_MESSAGES = 300;

  private final ScriptedReplica initiator;
  private final ScriptedReplica responder;
  private RangeMessage underWay;
  private boolean toResponder = true;
  private long sent;
  private int messages = 1;

  ScriptedSession(ScriptedReplica initiator, ScriptedReplica responder) {
    this.initiator = initiator;
    this.responder = responder;
    this.underWay = initiator.initial();
  }

  /** Delivers the message that is under way; returns whether there is another one then. */
  boolean deliver(long now) {
    ScriptedReplica receiver = toResponder ? responder : initiator;
    byte[] frame = SyncMessageCodec.encodeFrame(new SyncMessage.Sync(underWay));
    SyncMessage message = SyncMessageCodec.decode(Arrays.copyOfRange(frame, 4, frame.length));
    underWay = receiver.answer(((SyncMessage.Sync) message).message(), now);
    toResponder = !toResponder;
    sent += underWay.valueCount();
    messages++;
    assertTrue(messages < MAX_MESSAGES, "a session that does not end");
    return !underWay.isEmpty();
  }

  void finish(long now) {
    boolean more = true;
    while (more) {
      more = deliver(now);
    }
  }

  /** How many entries went either way. */
  long sent() {
    return sent;
  }
}
