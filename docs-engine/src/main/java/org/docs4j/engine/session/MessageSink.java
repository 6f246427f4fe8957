package org.docs4j.engine.session;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.wire.MessageHead;

/** Takes a message while it arrives. */
interface MessageSink {
  /**
   * Told what the message is, before its first pieces.
   *
   * @throws org.docs4j.api.MalformedMessageException if such a message is not due
   */
  void begin(MessageHead head);

  /**
   * Told before each wait for more of the message.
   *
   * @param held how many bytes are kept of what has come and is in no piece yet
   * @throws org.docs4j.api.DocsTimeoutException if it is to be given up
   * @throws org.docs4j.api.NodeBusyException if that takes too much memory
   */
  void waiting(long held);

  /** Takes the next pieces; no more are read until the stage completes. */
  CompletionStage<Void> take(List<Piece> pieces);

  /** Takes the last pieces, possibly none, once nothing of the message is missing any more. */
  void takeLast(List<Piece> pieces);
}
