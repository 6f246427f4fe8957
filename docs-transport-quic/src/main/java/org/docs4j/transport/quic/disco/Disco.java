package org.docs4j.transport.quic.disco;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;

/**
 * What an endpoint says and hears by disco, without a socket: Pings for those that it dials, a Pong for each Ping that
 * comes of an old node. Those of this transport need none: who answers a Ping is sent one before each dial.
 *
 * <p>Safe against anybody: a Pong is shorter than its Ping and goes where that came from, what is malformed or too much
 * is dropped and counted, and everything kept is bounded. Confined to one thread.
 */
final class Disco {
  /** What every datagram begins with, in big endian. */
  static final int MAGIC_INT = 0x5453f09f;

  /** The two bytes that follow. */
  static final int MAGIC_SHORT = 0x92ac;

  /** The two of them. */
  static final int MAGIC_BYTES = Integer.BYTES + Short.BYTES;

  private static final int HEADER_BYTES = MAGIC_BYTES + 32;

  /** Longer than any message that is answered. */
  private static final int MOST_BYTES = 512;

  /** Datagrams that are opened a second, at some microseconds each. */
  static final int OPENED_PER_SECOND = 2000;

  /** Unknown peers with which a box is agreed on a second, at a tenth of a millisecond each. */
  static final int STRANGERS_PER_SECOND = 200;

  /** Peers of which something is kept, those that were heard of last. */
  static final int MAX_PEERS = 4096;

  private static final int MAX_ASKED = 1024;

  private final EndpointId self;
  private final DiscoKey key;
  private final RandomGenerator random;
  private final RateLimit opened = new RateLimit(OPENED_PER_SECOND);
  private final RateLimit strangers = new RateLimit(STRANGERS_PER_SECOND);
  private final Map<EndpointId, DiscoBox> boxes = new Recent<>(MAX_PEERS);
  private final Map<Bytes, EndpointId> asked = new Recent<>(MAX_ASKED);
  /** Whether a peer speaks disco, as far as it is known. */
  private final Map<EndpointId, Boolean> speaks = new Recent<>(MAX_PEERS);
  private long answered;
  private long malformed;
  private long surplus;

  Disco(EndpointSecret secret, RandomGenerator random) {
    this.self = secret.id();
    this.key = new DiscoKey(secret);
    this.random = random;
  }

  /**
   * Lets two endpoints that are made up send each other a Ping and its Pong, so that the first peer finds the code loaded: to
   * load it takes some ten times as long as a Ping.
   */
  static void warmUp(RandomGenerator random) {
    EndpointSecret asked = EndpointSecret.random(random);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    Disco one = new Disco(EndpointSecret.random(random), random);
    Disco other = new Disco(asked, random);
    byte[] number = new byte[DiscoMessage.NUMBER_BYTES];
    one.ping(asked.id(), Bytes.of(number))
        .flatMap(ping -> other.take(ByteBuffer.wrap(ping), address, 0))
        .ifPresent(pong -> one.take(ByteBuffer.wrap(pong), address, 0));
  }

  /**
   * What has been counted so far.
   *
   * @param answered Pings that were answered
   * @param malformed datagrams that were dropped since they could not be opened or made no sense
   * @param surplus datagrams that were dropped since too many came
   */
  record Counts(long answered, long malformed, long surplus) {}

  Counts counts() {
    return new Counts(answered, malformed, surplus);
  }

  /** Whether a peer is to be asked before it is dialled: if it speaks disco, or nobody knows. */
  boolean mayWant(EndpointId peer) {
    return speaks.getOrDefault(peer, true);
  }

  /** A peer has let itself be dialled; unless it has answered a Ping, it does without. */
  void met(EndpointId peer) {
    speaks.putIfAbsent(peer, false);
  }

  /** A Ping for a peer; empty for one without a proper key, and for this endpoint itself. */
  Optional<byte[]> ping(EndpointId peer) {
    if (peer.equals(self)) {
      return Optional.empty();
    }
    byte[] number = new byte[DiscoMessage.NUMBER_BYTES];
    random.nextBytes(number);
    return ping(peer, DiscoMessage.Ping.marked(number));
  }

  Optional<byte[]> ping(EndpointId peer, Bytes number) {
    return box(peer)
        .map(
            box -> {
              boxes.put(peer, box);
              asked.put(number, peer);
              return datagram(box, new DiscoMessage.Ping(number, self));
            });
  }

  private Optional<DiscoBox> box(EndpointId peer) {
    return Optional.ofNullable(boxes.get(peer)).or(() -> key.agree(peer));
  }

  private byte[] datagram(DiscoBox box, DiscoMessage message) {
    byte[] sealed = box.seal(message.encode(), random);
    return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
        .putInt(MAGIC_INT)
        .putShort((short) MAGIC_SHORT)
        .put(self.toByteArray())
        .put(sealed)
        .array();
  }

  /**
   * Takes a datagram of disco; the answer to it, if it is to have one.
   *
   * @param now nanoseconds of the ticker
   */
  Optional<byte[]> take(ByteBuffer datagram, InetSocketAddress source, long now) {
    if (datagram.remaining() < HEADER_BYTES + DiscoBox.OVERHEAD || datagram.remaining() > MOST_BYTES) {
      malformed++;
      return Optional.empty();
    }
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(bytes);
    EndpointId sender = EndpointId.of(Arrays.copyOfRange(bytes, MAGIC_BYTES, HEADER_BYTES));
    if (!opened.pass(now) || (!boxes.containsKey(sender) && !strangers.pass(now))) {
      surplus++;
      return Optional.empty();
    }
    Optional<DiscoBox> box = box(sender);
    Optional<DiscoMessage> message =
        box.flatMap(open -> open.open(Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length))).flatMap(DiscoMessage::decode);
    message.ifPresent(proved -> boxes.put(sender, box.orElseThrow()));
    if (message.isPresent() && message.get() instanceof DiscoMessage.Ping ping && ping.sender().equals(sender)) {
      if (ping.isMarked()) {
        return Optional.empty();
      }
      answered++;
      return Optional.of(datagram(box.orElseThrow(), new DiscoMessage.Pong(ping.number(), source)));
    }
    if (message.isPresent() && message.get() instanceof DiscoMessage.Pong pong && asked.remove(pong.number(), sender)) {
      speaks.put(sender, true);
    } else {
      malformed++;
    }
    return Optional.empty();
  }

  /** Forgets what was not looked at for the longest time. */
  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private final int most;

    private Recent(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }
}
