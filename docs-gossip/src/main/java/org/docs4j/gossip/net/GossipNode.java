package org.docs4j.gossip.net;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.api.spi.gossip.Gossip;
import org.docs4j.api.spi.gossip.GossipListener;
import org.docs4j.api.spi.gossip.GossipTopic;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.gossip.proto.GossipConfig;
import org.docs4j.gossip.proto.GossipInput;
import org.docs4j.gossip.proto.GossipOutput;
import org.docs4j.gossip.proto.GossipState;
import org.docs4j.gossip.proto.GossipTimer;
import org.docs4j.gossip.proto.Message;
import org.docs4j.gossip.proto.PeerData;
import org.docs4j.gossip.wire.PeerDataCodec;

/**
 * The driver of {@link GossipState}: gives it what happens, does what it says, decides nothing about the protocol.
 *
 * <p>All state belongs to one serial executor of the environment, called the gossip thread.
 */
public final class GossipNode implements Gossip {
  /** The protocol of today's nodes (WIRE 5.1). */
  public static final Alpn ALPN = new Alpn("/iroh-gossip/1");

  private static final System.Logger LOG = System.getLogger(GossipNode.class.getName());

  private final Endpoint endpoint;
  private final Environment environment;
  private final GossipConfig config;
  private final SerialExecutor thread;
  private final GossipState state;
  private final PeerTable peers;
  private final SendBudget budget = new SendBudget();
  private final TreeMap<TopicId, TopicListeners> listeners = new TreeMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final long startNanos;
  private PeerData selfData = PeerData.absent();

  private GossipNode(Endpoint endpoint, Environment environment, GossipConfig config) {
    this.endpoint = endpoint;
    this.environment = environment;
    this.config = config;
    this.startNanos = environment.ticker().nanos();
    this.thread = environment.executor().serial("docs-gossip");
    this.state = new GossipState(endpoint.id(), config, environment.random());
    this.peers = new PeerTable(endpoint, new Context());
  }

  /** Starts a node and registers it with the endpoint. */
  public static GossipNode start(Endpoint endpoint, Environment environment, GossipConfig config) {
    GossipNode node = new GossipNode(endpoint, environment, config);
    endpoint.accept(ALPN, node::accept);
    return node;
  }

  private void accept(Connection connection) {
    if (closed.get()) {
      connection.close(0, PeerConnection.CLOSE_REASON);
    } else {
      thread.execute(() -> peers.adopt(connection));
    }
  }

  @Override
  public int maxContentBytes() {
    return config.maxContentBytes();
  }

  @Override
  public GossipTopic join(TopicId topic, List<EndpointAddr> bootstrap, GossipListener listener) {
    ListenerQueue queue = new ListenerQueue(topic, listener, environment.executor().io());
    List<EndpointAddr> contacts = List.copyOf(bootstrap);
    thread.execute(
        () -> {
          if (!closed.get()) {
            listeners.computeIfAbsent(topic, id -> new TopicListeners()).add(queue);
            contact(topic, contacts);
          }
        });
    return new Membership(topic, queue);
  }

  /** One listener's part in a topic. */
  private final class Membership implements GossipTopic {
    private final TopicId topic;
    private final ListenerQueue queue;
    private final AtomicBoolean left = new AtomicBoolean();

    Membership(TopicId topic, ListenerQueue queue) {
      this.topic = topic;
      this.queue = queue;
    }

    @Override
    public boolean broadcast(Bytes content) {
      return send(content, GossipInput.Audience.SWARM);
    }

    @Override
    public boolean broadcastNeighbors(Bytes content) {
      return send(content, GossipInput.Audience.NEIGHBORS);
    }

    private boolean send(Bytes content, GossipInput.Audience audience) {
      if (left.get() || closed.get() || content.size() > config.maxContentBytes() || !budget.take(content.size())) {
        return false;
      }
      thread.execute(
          () -> {
            budget.give(content.size());
            handle(new GossipInput.Broadcast(topic, content, audience));
          });
      return true;
    }

    @Override
    public void addPeers(List<EndpointAddr> more) {
      List<EndpointAddr> contacts = List.copyOf(more);
      thread.execute(
          () -> {
            if (!left.get() && !closed.get()) {
              contact(topic, contacts);
            }
          });
    }

    @Override
    public void close() {
      if (left.compareAndSet(false, true)) {
        queue.close();
        thread.execute(() -> leave(topic, queue));
      }
    }
  }

  private void contact(TopicId topic, List<EndpointAddr> contacts) {
    contacts.stream()
        .filter(contact -> !contact.addresses().isEmpty() && !contact.id().equals(endpoint.id()))
        .forEach(endpoint::learn);
    refreshSelf();
    handle(new GossipInput.Join(topic, contacts.stream().map(EndpointAddr::id).toList()));
  }

  private void leave(TopicId topic, ListenerQueue queue) {
    TopicListeners remaining = listeners.get(topic);
    if (remaining != null && remaining.removeLast(queue)) {
      listeners.remove(topic);
      handle(new GossipInput.Leave(topic));
    }
  }

  private void refreshSelf() {
    PeerData now = PeerData.of(PeerDataCodec.write(endpoint.addr()));
    if (!now.equals(selfData)) {
      selfData = now;
      handle(new GossipInput.SelfChanged(now));
    }
  }

  private Duration now() {
    return environment.ticker().since(startNanos);
  }

  private void handle(GossipInput input) {
    state.handle(input, now(), this::carryOut);
  }

  private void carryOut(GossipOutput output) {
    if (output instanceof GossipOutput.Send send) {
      peers.send(send.to(), send.topic(), send.message());
    } else if (output instanceof GossipOutput.Emit emit) {
      TopicListeners interested = listeners.get(emit.topic());
      if (interested != null) {
        interested.offer(emit.event());
      }
    } else if (output instanceof GossipOutput.Schedule schedule) {
      GossipTimer timer = schedule.timer();
      environment
          .executor()
          .schedule(schedule.delay(), thread, () -> handle(new GossipInput.TimerExpired(timer)));
    } else if (output instanceof GossipOutput.PeerDataLearnt learnt) {
      learn(learnt);
    } else if (output instanceof GossipOutput.Release release) {
      peers.release(release.peer());
    }
  }

  private void learn(GossipOutput.PeerDataLearnt learnt) {
    try {
      EndpointAddr addr = PeerDataCodec.read(learnt.peer(), learnt.data());
      if (!addr.addresses().isEmpty()) {
        endpoint.learn(addr);
      }
    } catch (MalformedMessageException e) {
      LOG.log(System.Logger.Level.DEBUG, "no address in what was told about {0}", learnt.peer().shortText());
    }
  }

  /** The node as its peers' connections see it. */
  private final class Context implements NodeContext {
    @Override
    public <T> void then(CompletionStage<T> stage, Consumer<? super T> done, Consumer<Throwable> failed) {
      stage.whenComplete(
          (result, failure) ->
              thread.execute(
                  () -> {
                    if (failure == null) {
                      done.accept(result);
                    } else {
                      failed.accept(failure);
                    }
                  }));
    }

    @Override
    public void later(Duration delay, Runnable task) {
      environment.executor().schedule(delay, thread, task);
    }

    @Override
    public Duration now() {
      return GossipNode.this.now();
    }

    @Override
    public int maxMessageBytes() {
      return config.maxMessageBytes();
    }

    @Override
    public void backlog(long bytes) {
      budget.backlog(bytes);
    }

    @Override
    public void received(EndpointId from, TopicId topic, Message message) {
      handle(new GossipInput.Received(topic, from, message));
    }

    @Override
    public boolean needs(EndpointId peer) {
      return state.needs(peer);
    }

    @Override
    public void lost(EndpointId peer) {
      thread.execute(() -> handle(new GossipInput.PeerDisconnected(peer)));
    }
  }

  /** Says farewell to all neighbours; what was said is sent before the endpoint closes (transport214). */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      thread.execute(
          () -> {
            List.copyOf(state.topics()).forEach(topic -> handle(new GossipInput.Leave(topic)));
            listeners.clear();
            peers.farewell();
          });
    }
    thread.close();
  }
}
