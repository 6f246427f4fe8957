package org.docs4j.gossip.net;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;
import org.docs4j.gossip.proto.Message;

/** What connections and streams ask of the node; all on the gossip thread. */
interface NodeContext {
  /** Continues with the result of a stage on the gossip thread, never at once. */
  <T> void then(CompletionStage<T> stage, Consumer<? super T> done, Consumer<Throwable> failed);

  /** Runs a task on the gossip thread after a while. */
  void later(Duration delay, Runnable task);

  /** The time since the node started. */
  Duration now();

  /** The longest message that is taken. */
  int maxMessageBytes();

  /** Counts bytes that wait to be sent, or with a negative number no longer do. */
  void backlog(long bytes);

  /** A message arrived. */
  void received(EndpointId from, TopicId topic, Message message);

  /** Whether any topic is interested in the peer. */
  boolean needs(EndpointId peer);

  /** The last connection to a peer has ended, or none could be made; takes effect later. */
  void lost(EndpointId peer);
}
