package org.docs4j.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.AddressInUseException;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.EndpointConfig;
import org.docs4j.api.spi.transport.SendStream;
import org.junit.jupiter.api.Test;

/**
 * Proves that a transport keeps the rules {@code transport2xx}, which stand beside the methods of
 * {@link org.docs4j.api.spi.transport}.
 *
 * <p>Extend it, give your provider, done:
 *
 * <pre>{@code
 * class MyTransportTest extends TransportVerification {
 *   @Override
 *   protected TransportProvider provider() {
 *     return new MyTransportProvider();
 *   }
 * }
 * }</pre>
 *
 * <p>Endpoints are bound to the loopback interface. A test is named after its rule. Those named {@code untested_} are
 * reported as skipped: nobody can check them from inside of a process. Two tests dial an address where nobody is, and
 * take as long as your transport takes to give up: {@link #options} may make that short.
 */
public abstract class TransportVerification extends TransportDialRules {
  private static final int MAX_ADDRESSES = 64;
  private static final int MAX_PEERS = 16_384;

  /** For subclasses. */
  protected TransportVerification() {}

  /** The intent: no waiting, no retrying after a bind. */
  @Test
  public void required_transport201_anEndpointWorksOnceItIsBound() {
    Endpoint one = bind("one");
    Endpoint two = bind("two");
    Inbox inbox = new Inbox();
    one.accept(PROTOCOL, inbox);
    two.accept(PROTOCOL, inbox);
    assertUsable(dial(one, two), next(inbox));
    assertUsable(dial(two, one), next(inbox));
  }

  /** The intent: a port that is taken is told apart from other failures, since users can do something about it. */
  @Test
  public void required_transport202_aTakenPortIsRefused() {
    Endpoint first = bind("first");
    int port = first.addr().ipAddresses().get(0).getPort();
    Environment environment = environment("second");
    EndpointConfig config = config(EndpointSecret.random(environment.random()), port, environment);
    assertThrows(AddressInUseException.class, () -> bind(config), "a port that another endpoint has");
    first.close();
    assertEquals(port, bind(config).addr().ipAddresses().get(0).getPort(), "the port once it is free");
  }

  /** The intent: a misspelt setting shows at once. */
  @Test
  public void required_transport203_anUnknownOptionIsRefused() {
    Environment environment = environment("node");
    EndpointConfig config = config(EndpointSecret.random(environment.random()), 0, environment);
    Map<String, String> options = new HashMap<>(options());
    options.put("no-such-option", "1");
    EndpointConfig wrong = new EndpointConfig(config.secret(), config.bind(), options, environment);
    TransportException refusal = assertThrows(TransportException.class, () -> bind(wrong), "an option nobody knows");
    assertTrue(refusal.getMessage().contains("no-such-option"), "the refusal names it: " + refusal.getMessage());
  }

  /** The intent: both sides know for certain whom they talk to, and about what. */
  @Test
  public void required_transport210_bothSidesKnowWhoTheyAre() {
    Pair pair = pair();
    assertEquals(pair.two().id(), pair.dialled().remoteId(), "the peer of the dialling side");
    assertEquals(pair.one().id(), pair.accepted().remoteId(), "the peer of the accepting side");
    assertTrue(pair.dialled().dialled(), "who dials has dialled");
    assertFalse(pair.accepted().dialled(), "who accepts has not dialled");
    for (Connection side : pair.sides()) {
      assertEquals(PROTOCOL, side.alpn(), "the protocol");
    }
  }

  /** The intent: protocols are kept apart, and an unknown one is refused before anybody sees it. */
  @Test
  public void required_transport212_eachProtocolHasItsHandler() {
    Endpoint one = bind("one");
    Endpoint two = bind("two");
    Inbox inbox = new Inbox();
    Inbox others = new Inbox();
    two.accept(PROTOCOL, inbox);
    failure("dialling for a protocol that nobody takes", one.connect(two.addr(), OTHER_PROTOCOL));
    two.accept(OTHER_PROTOCOL, others);
    assertThrows(IllegalArgumentException.class, () -> two.accept(PROTOCOL, others), "a second handler for a protocol");
    Connection other = result("dialling for the other protocol", one.connect(two.addr(), OTHER_PROTOCOL));
    assertEquals(OTHER_PROTOCOL, other.alpn(), "the other protocol");
    assertUsable(other, next(others));
    assertUsable(dial(one, two), next(inbox));
    assertTrue(inbox.isEmpty() && others.isEmpty(), "each connection went to one handler");
  }

  /** The intent: a book that peers write into cannot grow without end. */
  @Test
  public void required_transport213_theAddressBookIsBounded() {
    Endpoint endpoint = bind("node");
    List<InetSocketAddress> many = new ArrayList<>();
    for (int i = 1; i <= 1000; i++) {
      many.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), i));
    }
    EndpointId popular = id(0);
    assertEquals(Optional.empty(), endpoint.known(popular), "what is known of a stranger");
    endpoint.learn(EndpointAddr.of(popular, many.subList(0, 1)));
    endpoint.learn(EndpointAddr.of(popular, many.subList(1, 2)));
    assertEquals(
        Optional.of(EndpointAddr.of(popular, many.subList(0, 2))), endpoint.known(popular), "what was learnt is known");
    many.forEach(address -> endpoint.learn(EndpointAddr.of(popular, List.of(address))));
    assertTrue(
        endpoint.known(popular).orElseThrow().addresses().size() <= MAX_ADDRESSES, "at most 64 addresses of one peer");
    for (int i = 1; i <= MAX_PEERS + 1; i++) {
      endpoint.learn(EndpointAddr.of(id(i), many.subList(0, 1)));
    }
    assertThere(endpoint.known(id(MAX_PEERS + 1)), "the peer that was learnt last is known");
    assertEquals(Optional.empty(), endpoint.known(popular), "the peer that was learnt first, before 16384 others,");
  }

  /** The intent: an endpoint that was dialled can tell others where its peer is. */
  @Test
  public void required_transport213_addressesOfLiveConnectionsAreKnown() {
    Pair pair = pair();
    assertThere(pair.two().known(pair.one().id()), "the accepting side knows an address of its peer");
    assertThere(pair.one().known(pair.two().id()), "the dialling side knows an address of its peer");
  }

  private static EndpointId id(int number) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) (number >>> (8 * i));
    }
    return EndpointId.of(bytes);
  }

  /** The intent: who has finished a stream may close without losing it. */
  @Test
  public void required_transport214_finishedStreamsArriveWhenAnEndpointCloses() {
    Pair pair = pair();
    byte[] data = pattern(100_000, 6);
    SendStream stream = result("opening a one-way stream", pair.dialled().openUni());
    CompletionStage<byte[]> received = pair.accepted().acceptUni().thenCompose(Drain::of);
    write(stream, data);
    finish(stream);
    pair.one().close();
    assertArrayEquals(data, result("all bytes of a finished stream", received), "what was finished before the close");
  }

  /** The intent: closing leaves nothing behind, neither here nor at the peers. */
  @Test
  public void required_transport214_closingEndsEverything() {
    Pair pair = pair();
    CompletionStage<?> pending = pair.dialled().acceptBidi();
    pair.one().close();
    pair.one().close();
    failure("a pending stage of a closed endpoint", pending);
    result("the end here", pair.dialled().closed());
    CloseInfo there = result("the end at the peer", pair.accepted().closed());
    assertEquals(CloseInfo.Kind.PEER, there.kind(), "who closed, as the peer sees it");
    assertEquals(0, there.code(), "the close code at the peer");
    failure("dialling from a closed endpoint", pair.one().connect(pair.two().addr(), PROTOCOL));
  }

  /** The intent: a faulty handler harms its own connection only. */
  @Test
  public void required_transport215_aHandlerThatThrowsLosesItsConnectionOnly() {
    Endpoint one = bind("one");
    Endpoint two = bind("two");
    Inbox inbox = new Inbox();
    two.accept(PROTOCOL, inbox);
    two.accept(
        OTHER_PROTOCOL,
        connection -> {
          throw new IllegalArgumentException("a handler that fails, as it should in this test");
        });
    Connection doomed = result("dialling", one.connect(two.addr(), OTHER_PROTOCOL));
    CloseInfo seen = result("the end of a connection whose handler failed", doomed.closed());
    assertEquals(CloseInfo.Kind.PEER, seen.kind(), "who closed");
    assertUsable(dial(one, two), next(inbox));
  }

  /** The intent: what an endpoint says of itself is enough to reach it. */
  @Test
  public void required_transport216_anEndpointKnowsItsAddress() {
    Environment environment = environment("node");
    EndpointSecret secret = EndpointSecret.random(environment.random());
    Endpoint endpoint = bind(config(secret, 0, environment));
    assertEquals(secret.id(), endpoint.id(), "the id is that of the secret");
    assertEquals(secret.id(), endpoint.addr().id(), "the id in the address");
    List<InetSocketAddress> addresses = endpoint.addr().ipAddresses();
    assertFalse(addresses.isEmpty(), "there is an address");
    for (InetSocketAddress address : addresses) {
      assertTrue(address.getPort() > 0, "a port that can be dialled: " + address);
      assertFalse(address.getAddress().isAnyLocalAddress(), "an address that can be dialled: " + address);
    }
  }
}
