package org.docs4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.PeerIdentityException;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.junit.jupiter.api.Test;

/** Rules about how peers are found and reached. */
abstract class TransportDialRules extends TransportConnectionRules {
  /** How long dialling may take at most, and some room for a slow machine. */
  private static final Duration DIAL_LIMIT = Duration.ofSeconds(35);

  /** The intent: an application that knows only an id benefits from what others learnt. */
  @Test
  public void required_transport210_knownAddressesAreTried() {
    Endpoint one = bind("one");
    Endpoint two = bind("two");
    Inbox inbox = new Inbox();
    two.accept(PROTOCOL, inbox);
    one.learn(two.addr());
    Connection connection = result("dialling by id", one.connect(EndpointAddr.of(two.id()), PROTOCOL));
    assertUsable(connection, next(inbox));
  }

  /** The intent: dialling ends, in time and with an exception of the tree, whatever is the matter. */
  @Test
  public void required_transport211_diallingFailsInTime() {
    Endpoint one = bind("one");
    Endpoint gone = bind("gone");
    failure("dialling without an address", one.connect(EndpointAddr.of(gone.id()), PROTOCOL));
    EndpointAddr address = gone.addr();
    gone.close();
    CompletionStage<Connection> dialled = one.connect(address, PROTOCOL);
    assertTrue(
        conditions().holdsWithin(DIAL_LIMIT, dialled.toCompletableFuture()::isDone),
        "dialling an address where nobody is ends within 30 s");
    failure("dialling an address where nobody is", dialled);
  }

  /** The intent: whoever answers at an address cannot pass for somebody else. */
  @Test
  public void required_transport211_nobodyPassesForAnother() {
    Endpoint one = bind("one");
    Endpoint two = bind("two");
    Inbox inbox = new Inbox();
    two.accept(PROTOCOL, inbox);
    EndpointId other = bind("other").id();
    EndpointAddr wrong = EndpointAddr.of(other, two.addr().ipAddresses());
    PeerIdentityException refused =
        failure(PeerIdentityException.class, "dialling another peer's address", one.connect(wrong, PROTOCOL));
    assertEquals(PeerIdentityException.Reason.ANOTHER_PEER, refused.reason(), "why another peer is refused");
    String words = refused.getMessage();
    assertTrue(words.contains(refused.reason().sentence()), "the refusal says why: " + words);
    assertUsable(dial(one, two), next(inbox));
    assertTrue(inbox.isEmpty(), "the one who was not meant has no connection");
  }

  /** The intent: an old address of a peer that has moved, where somebody else is now, does not hide the peer. */
  @Test
  public void required_transport211_anotherAtOneAddressIsNotTheEnd() {
    Endpoint one = bind("one");
    Endpoint two = bind("two");
    Endpoint wanted = bind("wanted");
    Inbox others = new Inbox();
    Inbox inbox = new Inbox();
    two.accept(PROTOCOL, others);
    wanted.accept(PROTOCOL, inbox);
    List<InetSocketAddress> addresses = new ArrayList<>(two.addr().ipAddresses());
    addresses.addAll(wanted.addr().ipAddresses());
    EndpointAddr both = EndpointAddr.of(wanted.id(), addresses);
    Connection reached = result("dialling a peer with an address that somebody else has", one.connect(both, PROTOCOL));
    assertUsable(reached, next(inbox));
    wanted.close();
    CompletionStage<Connection> dialled = one.connect(both, PROTOCOL);
    assertTrue(
        conditions().holdsWithin(DIAL_LIMIT, dialled.toCompletableFuture()::isDone),
        "dialling a peer that is gone, with an address that somebody else has, ends within 30 s");
    TransportException failure = failure("dialling a peer that is gone", dialled);
    assertFalse(
        failure instanceof PeerIdentityException, "a peer that is gone is said to be an impostor: " + failure.getMessage());
    assertTrue(
        failure.getMessage().contains(PeerIdentityException.Reason.ANOTHER_PEER.sentence()),
        "the failure says that somebody else has an address of the peer: " + failure.getMessage());
    assertTrue(others.isEmpty(), "somebody else has no connection");
  }

  /** The intent: a peer that was away, and perhaps moved to another port, is a peer like any other when it is back. */
  @Test
  public void required_transport217_aPeerThatReturnsIsReachedAgain() {
    Endpoint one = bind("one");
    Environment environment = environment("returning");
    EndpointSecret secret = EndpointSecret.random(environment.random());
    Inbox inbox = new Inbox();
    List<Connection> earlier = new ArrayList<>();
    for (int life = 0; life < 3; life++) {
      Endpoint returning = bind(config(secret, 0, environment));
      returning.accept(PROTOCOL, inbox);
      Connection connection = dial(one, returning);
      assertUsable(connection, next(inbox));
      earlier.forEach(old -> failure("a stream of a connection to an earlier life", old.openBidi()));
      earlier.add(connection);
      returning.close();
      result("the end of a connection", connection.closed());
    }
  }

  /** The intent: a node offers what only its own kind speaks beside what everybody speaks, without a second handshake. */
  @Test
  public void required_transport218_oneDialOffersSeveralProtocols() {
    Endpoint one = bind("one");
    Endpoint two = bind("two");
    Inbox inbox = new Inbox();
    List<Alpn> both = List.of(OTHER_PROTOCOL, PROTOCOL);
    assertThrows(
        IllegalArgumentException.class, () -> one.connect(two.addr(), List.of()), "dialling for no protocol");
    failure("dialling for two protocols that nobody takes", one.connect(two.addr(), both));
    two.accept(PROTOCOL, inbox);
    Connection second =
        result("dialling for two protocols, the second of which is taken,", one.connect(two.addr(), both));
    assertEquals(PROTOCOL, second.alpn(), "the only protocol that the peer takes");
    assertUsable(second, next(inbox));
    two.accept(OTHER_PROTOCOL, inbox);
    for (List<Alpn> offer : List.of(both, List.of(PROTOCOL, OTHER_PROTOCOL))) {
      Connection first = result("dialling for two protocols that are taken", one.connect(two.addr(), offer));
      assertEquals(PROTOCOL, first.alpn(), "the protocol that the peer began to take first");
      Connection there = next(inbox);
      assertEquals(PROTOCOL, there.alpn(), "the same at the peer");
      assertUsable(first, there);
    }
  }

  /** The intent: who dials again has a connection for itself, and its end is not that of an earlier one. */
  @Test
  public void required_transport217_eachDialMakesAConnectionOfItsOwn() {
    Endpoint one = bind("one");
    Endpoint two = bind("two");
    Inbox inbox = new Inbox();
    two.accept(PROTOCOL, inbox);
    Connection first = dial(one, two);
    Connection firstThere = next(inbox);
    Connection second = dial(one, two);
    assertUsable(second, next(inbox));
    second.close(0, "");
    assertUsable(first, firstThere);
  }
}
