package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.docs4j.api.StoreReadOnlyException;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.junit.jupiter.api.Test;

/** Few peers are remembered of a document, with their addresses, and those that were useful before all others. */
class UsefulPeersTest {
  private static final NamespaceId DOC = Entries.namespace(1);
  private static final NamespaceId OTHER = Entries.namespace(2);
  private static final int MANY = 3000;

  private final KeyValueStore rows = StoresUnderTest.memory();
  private final ReplicaStore store = KeyValueReplicaStore.open(rows);

  private static EndpointAddr peer(int number) {
    return peer(number, 1 + (number & 0xFFF));
  }

  private static EndpointAddr peer(int number, int port) {
    return EndpointAddr.of(id(number), List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
  }

  private static EndpointId id(int number) {
    return new EndpointId(new Bytes32(number, 0, 0, -1));
  }

  private static List<EndpointId> ids(int... numbers) {
    return IntStream.of(numbers).mapToObj(UsefulPeersTest::id).toList();
  }

  private void put(NamespaceId namespace, boolean proved, EndpointAddr... peers) {
    try (ReplicaWriter writer = store.write()) {
      writer.putCapability(new Capability.Read(namespace));
      for (EndpointAddr peer : peers) {
        writer.putUsefulPeer(namespace, peer, proved);
      }
      writer.commit(Durability.LAZY);
    }
  }

  private static EndpointAddr[] many() {
    return IntStream.range(0, MANY).mapToObj(UsefulPeersTest::peer).toArray(EndpointAddr[]::new);
  }

  private List<EndpointId> peers(NamespaceId namespace) {
    try (ReplicaReader reader = store.read()) {
      return reader.usefulPeers(namespace);
    }
  }

  private Optional<EndpointAddr> address(NamespaceId namespace, int number) {
    try (ReplicaReader reader = store.read()) {
      return reader.peer(namespace, id(number));
    }
  }

  private int count(Table table) {
    try (ReadTxn txn = rows.read();
        Cursor cursor = txn.cursor(table)) {
      int count = 0;
      for (boolean there = cursor.seekCeiling(new byte[0]); there; there = cursor.next()) {
        count++;
      }
      return count;
    }
  }

  @Test
  void putUsefulPeer_provedOnes_keepsTheLastFiveAndTheNewestFirst() {
    put(DOC, true, peer(0), peer(1), peer(2), peer(3), peer(4), peer(5), peer(6), peer(4));
    assertEquals(ids(4, 6, 5, 3, 2), peers(DOC));
    assertEquals(List.of(), peers(OTHER));
    assertEquals(Optional.of(peer(2)), address(DOC, 2));
    assertEquals(Optional.empty(), address(DOC, 1));
    assertEquals(Optional.empty(), address(OTHER, 2));
  }

  @Test
  void putUsefulPeer_thousandsOfOthers_takesOnlyTheRoomThatThereIs() {
    put(DOC, true, peer(-1), peer(-2));
    put(DOC, false, many());
    assertEquals(ids(-2, -1, 0, 1, 2), peers(DOC));
    put(DOC, true, peer(-3));
    assertEquals(ids(-3, -2, -1, 0, 1), peers(DOC));
    assertEquals(5, count(Tables.PEERS));
  }

  @Test
  void putUsefulPeer_thousandsOfProvedOnes_keepsFiveAddressesOfEachDocument() {
    put(DOC, true, many());
    put(OTHER, true, many());
    assertEquals(10, count(Tables.PEERS));
    assertEquals(ids(2999, 2998, 2997, 2996, 2995), peers(DOC));
    try (ReplicaWriter writer = store.write()) {
      writer.drop(DOC);
      writer.commit(Durability.LAZY);
    }
    assertEquals(5, count(Tables.PEERS));
    assertEquals(Optional.empty(), address(DOC, 2999));
    assertEquals(Optional.of(peer(2999)), address(OTHER, 2999));
  }

  @Test
  void putUsefulPeer_aKnownOne_takesItsNewAddressAndKeepsTheOldOneWithoutOne() {
    put(DOC, true, peer(1), peer(2));
    put(DOC, false, peer(1, 999));
    assertEquals(Optional.of(peer(1, 999)), address(DOC, 1));
    put(DOC, false, EndpointAddr.of(id(1)));
    put(DOC, true, EndpointAddr.of(id(2)));
    assertEquals(Optional.of(peer(1, 999)), address(DOC, 1));
    assertEquals(Optional.of(peer(2)), address(DOC, 2));
    assertEquals(ids(2, 1), peers(DOC));
  }

  /** A store as releases of format 2 have left it: addresses belong to no document, and there are those of everybody. */
  private void makeFormatTwo(EndpointAddr... peers) {
    try (WriteTxn txn = rows.write()) {
      byte[] format = txn.get(Tables.META, Format.KEY).orElseThrow();
      txn.put(Tables.META, Format.KEY, ByteBuffer.wrap(format.clone()).putInt(0, 2).array());
      for (EndpointAddr peer : peers) {
        txn.put(Tables.PEERS, peer.id().toByteArray(), SmallRows.encode(peer));
      }
      txn.commit(Durability.SYNC);
    }
  }

  private int format() {
    try (ReadTxn txn = rows.read()) {
      return ByteBuffer.wrap(txn.get(Tables.META, Format.KEY).orElseThrow()).getInt();
    }
  }

  @Test
  void open_aStoreOfFormatTwoWithVeryManyPeers_keepsTheAddressesOfThoseThatDocumentsRemember() {
    put(DOC, true, EndpointAddr.of(id(3)), EndpointAddr.of(id(4)), EndpointAddr.of(id(-9)));
    put(OTHER, true, EndpointAddr.of(id(4)));
    makeFormatTwo(many());
    assertTrue(MANY > SharedPeerRows.PAGE, "more than one transaction");
    KeyValueReplicaStore.open(rows);
    assertEquals(3, count(Tables.PEERS));
    assertEquals(Format.VERSION, format());
    assertEquals(ids(-9, 4, 3), peers(DOC));
    assertEquals(Optional.of(peer(3)), address(DOC, 3));
    assertEquals(Optional.of(peer(4)), address(DOC, 4));
    assertEquals(Optional.of(peer(4)), address(OTHER, 4));
    assertEquals(Optional.empty(), address(OTHER, 3));
    put(DOC, false, peer(3, 999));
    assertEquals(Optional.of(peer(3, 999)), address(DOC, 3));
  }

  /** As after a crash in the middle, or where a release of format 3 has left them. */
  @Test
  void open_whenAPartWasDoneBefore_doesTheRestAndKeepsThatPart() {
    put(DOC, true, peer(3, 999), EndpointAddr.of(id(4)));
    makeFormatTwo(peer(4), peer(5));
    KeyValueReplicaStore.open(rows);
    assertEquals(2, count(Tables.PEERS));
    assertEquals(Optional.of(peer(3, 999)), address(DOC, 3));
    assertEquals(Optional.of(peer(4)), address(DOC, 4));
  }

  @Test
  void open_aStoreOfFormatTwoThatIsOnlyRead_readsTheAddressesAsTheyAre() {
    put(DOC, true, EndpointAddr.of(id(3)));
    makeFormatTwo(peer(3), peer(4));
    KeyValueStore onlyRead =
        new WatchedStore(rows, rows.maxKeyBytes()) {
          @Override
          public WriteTxn write() {
            throw new StoreReadOnlyException("test: the store was opened for reading only");
          }
        };
    try (ReplicaReader reader = KeyValueReplicaStore.open(onlyRead).read()) {
      assertEquals(Optional.of(peer(3)), reader.peer(DOC, id(3)));
    }
    assertEquals(2, count(Tables.PEERS));
    assertEquals(2, format());
  }
}
