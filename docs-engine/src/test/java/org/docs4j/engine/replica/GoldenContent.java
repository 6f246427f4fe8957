package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.store.Durability;

/** What the golden stores hold. It never changes: stores of other content get other files. */
final class GoldenContent {
  private static final NamespaceSecret WRITABLE = NamespaceSecret.of(filled(1));
  private static final NamespaceId READABLE = Entries.namespace(2);
  private static final Author AUTHOR = Author.of(filled(3));
  private static final int ENTRIES = 400;
  private static final int LONG_KEYS = 6;
  private static final DownloadPolicy POLICY =
      new DownloadPolicy.NothingExcept(
          List.of(new DownloadPolicy.Filter.Exact(Key.EMPTY), new DownloadPolicy.Filter.Prefix(Key.of("p"))));

  private final NaiveReplica first = new NaiveReplica();
  private final NaiveReplica second = new NaiveReplica();

  private GoldenContent() {}

  private static byte[] filled(int value) {
    byte[] bytes = new byte[Bytes32.SIZE];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static EndpointId endpoint(int number) {
    return new EndpointId(new Bytes32(number, 0, 0, -1));
  }

  private static EndpointAddr peer() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4433);
    return EndpointAddr.of(endpoint(9), List.of(address));
  }

  /** Fills an empty store. */
  static void fill(ReplicaStore store) {
    try (ReplicaWriter writer = store.write()) {
      writer.putCapability(new Capability.Write(WRITABLE));
      writer.putCapability(new Capability.Read(READABLE));
      writer.putAuthor(AUTHOR);
      writer.putPolicy(READABLE, POLICY);
      writer.putUsefulPeer(READABLE, peer(), true);
      writer.putSyncing(READABLE, true);
      for (int i = 0; i < 6; i++) {
        writer.putUsefulPeer(WRITABLE.id(), EndpointAddr.of(endpoint(i)), true);
      }
      writer.putWanted(READABLE, Entries.hash(7));
      writer.commit(Durability.SYNC);
    }
    for (SignedEntry entry : new GoldenContent().entries()) {
      try (ReplicaWriter writer = store.write()) {
        writer.put(entry, removed -> {});
        writer.commit(Durability.LAZY);
      }
    }
  }

  /** All entries that were ever put, in order; some replace and delete others. */
  private List<SignedEntry> entries() {
    List<SignedEntry> entries = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      entries.add(entry(WRITABLE.id(), i, "key" + i * 7919 % 1000, 1000 + i, i % 5));
    }
    for (int i = 0; i < LONG_KEYS; i++) {
      entries.add(entry(WRITABLE.id(), i, "long" + "x".repeat(1000 * i) + i % 2, 2000 + i, 1));
    }
    entries.add(entry(WRITABLE.id(), 1, "key1", 3000, 0));
    entries.add(entry(READABLE, 0, "", 100, 1));
    entries.add(entry(READABLE, 0, "below", 200, 2));
    entries.add(entry(READABLE, 0, "older", 50, 2));
    return entries;
  }

  private static SignedEntry entry(NamespaceId name, int author, String key, long timestamp, int content) {
    byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
    return Entries.entry(Entries.id(name, Entries.author(author % 3), Key.of(bytes)), timestamp, content);
  }

  private void put(SignedEntry entry) {
    NaiveReplica model = entry.id().namespace().equals(READABLE) ? second : first;
    if (model.protectors(entry).isEmpty()) {
      model.insert(entry);
    }
  }

  /**
   * Looks at everything in a store.
   *
   * @param format in which it was written; up to 2, the address belonged to no document, and nobody would ask for it
   */
  static void check(ReplicaStore store, int format) {
    GoldenContent content = new GoldenContent();
    content.entries().forEach(content::put);
    Optional<EndpointAddr> address = format > 2 ? Optional.of(peer()) : Optional.empty();
    content.checkNow(store, address, "as it was");
    SignedEntry fresh = entry(WRITABLE.id(), 2, "key2", 9000, 0);
    try (ReplicaWriter writer = store.write()) {
      writer.put(fresh, removed -> {});
      writer.commit(Durability.SYNC);
    }
    content.put(fresh);
    content.checkNow(store, address, "after a write");
  }

  private void checkNow(ReplicaStore store, Optional<EndpointAddr> address, String where) {
    try (ReplicaReader reader = store.read()) {
      assertEquals(2, reader.capabilities().size(), where);
      assertEquals(Optional.of(new Capability.Write(WRITABLE)), reader.capability(WRITABLE.id()), where);
      assertEquals(Optional.of(new Capability.Read(READABLE)), reader.capability(READABLE), where);
      assertEquals(Optional.of(AUTHOR), reader.author(AUTHOR.id()), where);
      assertEquals(POLICY, reader.policy(READABLE), where);
      assertEquals(address, reader.peer(READABLE, endpoint(9)), where);
      assertEquals(List.of(READABLE), reader.syncing(), where);
      assertEquals(
          List.of(endpoint(5), endpoint(4), endpoint(3), endpoint(2), endpoint(1)),
          reader.usefulPeers(WRITABLE.id()), where);
      assertEquals(List.of(Entries.hash(7)), reader.wanted(READABLE, 10), where);
      Random random = new Random(1);
      for (int i = 0; i < 5; i++) {
        ReplicaPropertyTest.check(reader, WRITABLE.id(), first, random, where);
        ReplicaPropertyTest.check(reader, READABLE, second, random, where);
      }
    }
  }
}
