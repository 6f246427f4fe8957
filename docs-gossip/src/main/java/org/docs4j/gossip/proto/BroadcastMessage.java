package org.docs4j.gossip.proto;

import java.util.List;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.spi.gossip.GossipEvent.Scope;

/** The messages of PlumTree, which carry content along the tree and repair it (WIRE 5.2, 5.4). */
public sealed interface BroadcastMessage extends Message {
  /**
   * A message in full.
   *
   * @param id the hash of the content, if the sender is honest
   * @param content what is broadcast
   * @param scope to whom, and how far it came
   */
  record Gossip(MessageId id, Bytes content, Scope scope) implements BroadcastMessage {}

  /** Asks the receiver to announce messages from now on rather than to send them. */
  record Prune() implements BroadcastMessage {}

  /**
   * Asks for a message that was announced, and for those that follow in full.
   *
   * @param id which one
   * @param round the round that it was announced with
   */
  record Graft(MessageId id, int round) implements BroadcastMessage {}

  /**
   * Asks for the messages that follow in full.
   *
   * @param round the round of the announcement that showed the shorter way
   */
  record GraftLink(int round) implements BroadcastMessage {}

  /**
   * Announces messages.
   *
   * @param announcements which ones
   */
  record IHave(List<Announcement> announcements) implements BroadcastMessage {
    /** Copies the list. */
    public IHave {
      announcements = List.copyOf(announcements);
    }
  }

  /**
   * Says that the sender has a message.
   *
   * @param id which one
   * @param round with which it would arrive, 0 to 65535
   */
  record Announcement(MessageId id, int round) {}
}
