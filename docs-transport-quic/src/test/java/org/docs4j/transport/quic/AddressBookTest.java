package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.loopback;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.junit.jupiter.api.Test;

class AddressBookTest {
  private final AddressBook book = new AddressBook();

  private static EndpointId id(int number) {
    return EndpointId.of(ByteBuffer.allocate(32).putInt(number).array());
  }

  @Test
  void learn_addsToWhatIsKnown() {
    assertEquals(Optional.empty(), book.known(id(1)));
    book.learn(EndpointAddr.of(id(1)));
    assertEquals(Optional.empty(), book.known(id(1)));
    book.learn(EndpointAddr.of(id(1), List.of(loopback(1))));
    book.learn(EndpointAddr.of(id(1), List.of(loopback(2), loopback(1))));
    assertEquals(List.of(loopback(1), loopback(2)), book.known(id(1)).orElseThrow().ipAddresses());
  }

  @Test
  void learn_tooManyAddresses_keepsTheLast() {
    for (int port = 1; port <= 1000; port++) {
      book.learn(EndpointAddr.of(id(1), List.of(loopback(port), loopback(2000))));
    }
    List<Integer> ports = book.known(id(1)).orElseThrow().ipAddresses().stream().map(a -> a.getPort()).toList();
    assertEquals(AddressBook.MAX_ADDRESSES, ports.size());
    assertTrue(ports.contains(1000) && ports.contains(986) && ports.contains(2000), ports::toString);
  }

  @Test
  void seen_throwAwayKeysThatCome_pushOutNobodyWhoIsKnown() {
    book.learn(EndpointAddr.of(id(-1), List.of(loopback(1))));
    book.seen(id(-2), loopback(2), IdentityKind.X509, false);
    for (int peer = 0; peer < 2 * AddressBook.MAX_PEERS; peer++) {
      book.seen(id(peer), loopback(3), IdentityKind.RAW_KEY, true);
    }
    assertTrue(book.known(id(-1)).isPresent());
    assertEquals(Optional.of(IdentityKind.X509), book.kind(id(-2)));
    assertEquals(Optional.empty(), book.known(id(2 * AddressBook.MAX_PEERS - 1 - AddressBook.MAX_STRANGERS)));
    assertTrue(book.known(id(2 * AddressBook.MAX_PEERS - AddressBook.MAX_STRANGERS)).isPresent());
  }

  @Test
  void learn_aPeerThatCame_addsToWhatIsKnown() {
    book.seen(id(1), loopback(1), IdentityKind.X509, true);
    book.learn(EndpointAddr.of(id(1), List.of(loopback(2))));
    book.seen(id(1), loopback(3), IdentityKind.RAW_KEY, true);
    assertEquals(
        List.of(loopback(1), loopback(2), loopback(3)), book.known(id(1)).orElseThrow().ipAddresses());
    assertEquals(Optional.of(IdentityKind.RAW_KEY), book.kind(id(1)));
  }

  @Test
  void learn_tooManyPeers_keepsThoseOfWhichTheLastWasHeard() {
    for (int peer = 0; peer <= AddressBook.MAX_PEERS; peer++) {
      book.learn(EndpointAddr.of(id(peer), List.of(loopback(1))));
      assertTrue(book.known(id(0)).isPresent());
    }
    assertEquals(Optional.empty(), book.known(id(1)));
    assertTrue(book.known(id(2)).isPresent());
  }
}
