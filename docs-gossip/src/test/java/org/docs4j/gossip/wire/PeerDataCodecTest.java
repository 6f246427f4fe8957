package org.docs4j.gossip.wire;

import static org.docs4j.gossip.TestData.peer;
import static org.docs4j.gossip.TestData.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.TransportAddr;
import org.docs4j.api.wire.Hex;
import org.junit.jupiter.api.Test;

class PeerDataCodecTest {
  private static final Bytes VECTOR = Bytes.of(Hex.decode(row("vectors.txt", "address data").get(1)));

  private static EndpointAddr vector() {
    TreeSet<TransportAddr> addresses = new TreeSet<>();
    addresses.add(new TransportAddr.Relay("https://relay.example./"));
    addresses.add(new TransportAddr.Ip(new InetSocketAddress("192.0.2.1", 11204)));
    return new EndpointAddr(peer(1), addresses);
  }

  @Test
  void write_vector_givesItsBytes() {
    assertEquals(VECTOR, PeerDataCodec.write(vector()));
  }

  @Test
  void read_vector_givesItsAddresses() {
    assertEquals(vector(), PeerDataCodec.read(peer(1), VECTOR));
  }

  @Test
  void read_recordedFromRealNode_givesItsAddress() {
    EndpointAddr addr = PeerDataCodec.read(peer(1), Bytes.of(Hex.decode("0001007f000001c49703")));
    assertEquals(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 52164)), addr.ipAddresses());
  }

  @Test
  void read_nothing_knowsNoAddress() {
    assertEquals(EndpointAddr.of(peer(1)), PeerDataCodec.read(peer(1), Bytes.EMPTY));
  }

  @Test
  void read_addressesNobodyCanDial_leavesThemOut() {
    // 0.0.0.0:1, 192.0.2.1:0, 224.0.0.1:1
    Bytes data = Bytes.of(Hex.decode("0003" + "000000000001" + "00c000020100" + "00e000000101"));
    assertEquals(EndpointAddr.of(peer(1)), PeerDataCodec.read(peer(1), data));
  }

  @Test
  void read_cutOrLengthened_isRefused() {
    byte[] whole = VECTOR.toByteArray();
    for (int length = 1; length < whole.length; length++) {
      Bytes cut = Bytes.of(whole, 0, length);
      assertThrows(MalformedMessageException.class, () -> PeerDataCodec.read(peer(1), cut));
    }
    Bytes longer = Bytes.of(Hex.decode(VECTOR + "00"));
    assertThrows(MalformedMessageException.class, () -> PeerDataCodec.read(peer(1), longer));
  }

  @Test
  void write_manyAddresses_staysShort() {
    List<InetSocketAddress> many = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      many.add(new InetSocketAddress("2001:db8::" + i, 11204));
    }
    Bytes data = PeerDataCodec.write(EndpointAddr.of(peer(1), many));
    assertTrue(data.size() < 300, () -> data.size() + " bytes");
    assertEquals(PeerDataCodec.MAX_OWN_ADDRESSES, PeerDataCodec.read(peer(1), data).ipAddresses().size());
  }
}
