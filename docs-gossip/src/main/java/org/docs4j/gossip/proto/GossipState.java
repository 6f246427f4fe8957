package org.docs4j.gossip.proto;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;

/**
 * The gossip of one node: all its topics, as a value machine without input or output of its own.
 *
 * <p>Belongs to one thread at a time. Given the same inputs, times and random numbers it does the same things. What
 * peers can make it keep is bounded, whatever they send; messages for topics that are not joined are dropped.
 */
public final class GossipState {
  private final EndpointId self;
  private final GossipConfig config;
  private final RandomGenerator random;
  private final TreeMap<TopicId, TopicState> topics = new TreeMap<>();
  private final TopicState.Node node = new Shared();
  private PeerData selfData = PeerData.absent();
  private long generations;
  private Consumer<GossipOutput> out = output -> {};

  /**
   * A node in no topic.
   *
   * @param self its id
   * @param config its parameters
   * @param random where chance comes from
   */
  public GossipState(EndpointId self, GossipConfig config, RandomGenerator random) {
    this.self = self;
    this.config = config;
    this.random = random;
  }

  /**
   * Takes one input and hands out what follows from it, in order, before it returns.
   *
   * @param input what happened
   * @param now the time since any fixed point; never less than at an earlier call
   * @param out takes what has to be done; must not call back
   */
  public void handle(GossipInput input, Duration now, Consumer<GossipOutput> out) {
    this.out = out;
    if (input instanceof GossipInput.Received received) {
      TopicState topic = topics.get(received.topic());
      if (topic != null && !received.from().equals(self)) {
        topic.receive(received.from(), received.message(), now);
      }
    } else if (input instanceof GossipInput.TimerExpired expired) {
      onTimer(expired.timer(), now);
    } else if (input instanceof GossipInput.Broadcast broadcast) {
      TopicState topic = topics.get(broadcast.topic());
      if (topic != null) {
        topic.broadcast(broadcast.content(), broadcast.audience(), now);
      }
    } else if (input instanceof GossipInput.PeerDisconnected lost) {
      topics.values().forEach(topic -> topic.disconnected(lost.peer()));
    } else if (input instanceof GossipInput.Join join) {
      onJoin(join);
    } else if (input instanceof GossipInput.Leave leave) {
      TopicState topic = topics.remove(leave.topic());
      if (topic != null) {
        topic.leave();
      }
    } else if (input instanceof GossipInput.SelfChanged changed) {
      selfData = changed.data();
    }
  }

  private void onJoin(GossipInput.Join join) {
    TopicState topic = topics.get(join.topic());
    if (topic == null) {
      topic = new TopicState(join.topic(), generations++, self, config, random, node);
      topics.put(join.topic(), topic);
      topic.start();
    }
    topic.join(join.peers());
  }

  private void onTimer(GossipTimer timer, Duration now) {
    TopicState topic = topics.get(timer.topic());
    if (topic != null && topic.generation() == timer.generation()) {
      topic.expired(timer.kind(), now);
    }
  }

  /** The topics that are joined. */
  public SortedSet<TopicId> topics() {
    return new TreeSet<>(topics.keySet());
  }

  /** The neighbours in a topic, in the order in which they came; none if it is not joined. */
  public List<EndpointId> neighbors(TopicId topic) {
    TopicState state = topics.get(topic);
    return state == null ? List.of() : state.membership().active().toList();
  }

  /** Whether a topic uses the connection to this peer, or hopes to. */
  public boolean needs(EndpointId peer) {
    return topics.values().stream().anyMatch(topic -> topic.membership().needs(peer));
  }

  /** One topic, for tests of this package. */
  TopicState topic(TopicId topic) {
    return topics.get(topic);
  }

  /** What the topics see of the node. */
  private final class Shared implements TopicState.Node {
    @Override
    public void put(GossipOutput output) {
      out.accept(output);
    }

    @Override
    public void released(EndpointId peer) {
      if (!needs(peer)) {
        put(new GossipOutput.Release(peer));
      }
    }

    @Override
    public PeerData selfData() {
      return selfData;
    }
  }
}
