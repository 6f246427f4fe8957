package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.Query;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreVersionException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.model.TransportAddr;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.docs4j.engine.ranger.Bound;
import org.docs4j.engine.ranger.EntryPage;
import org.docs4j.engine.ranger.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyValueReplicaStoreTest {
  private static final NamespaceId NAME = Entries.namespace(1);
  private static final byte[] FORMAT = "format".getBytes(StandardCharsets.US_ASCII);

  private final Random random = new Random(11);

  @TempDir Path folder;

  @Test
  void open_newerFormat_isRefusedAndChangesNothing() {
    KeyValueStore store = StoresUnderTest.memory();
    byte[] row = ByteBuffer.allocate(20).putInt(Format.VERSION + 1).array();
    put(store, Tables.META, FORMAT, row);
    StoreVersionException refused =
        assertThrows(StoreVersionException.class, () -> KeyValueReplicaStore.open(store));
    assertTrue(refused.getMessage().contains("format " + (Format.VERSION + 1) + ""), refused.getMessage());
    try (ReadTxn txn = store.read()) {
      assertEquals(20, txn.get(Tables.META, FORMAT).orElseThrow().length);
    }
  }

  @Test
  void commit_whileAnEntryIsNotSigned_failsAndKeepsNothing() {
    SignedEntry entry = Entries.entry(Entries.id(NAME, Entries.author(0), Key.of("key")), 1, 1);
    try (ReplicaStore store = KeyValueReplicaStore.open(StoresUnderTest.memory())) {
      try (ReplicaWriter writer = store.write()) {
        assertTrue(writer.putUnsigned(entry.entry()).isPresent());
        assertThrows(IllegalStateException.class, () -> writer.commit(Durability.LAZY));
      }
      try (ReplicaReader reader = store.read()) {
        assertEquals(0, reader.count(NAME));
      }
    }
  }

  @Test
  void isNewest_ofADocumentOfManyAuthors_doesNotLookAtAll() {
    try (ReplicaStore store = KeyValueReplicaStore.open(StoresUnderTest.memory())) {
      for (int author = 0; author <= Heads.MANY_AUTHORS; author++) {
        try (ReplicaWriter writer = store.write()) {
          assertTrue(writer.isNewest(NAME, new Timestamp(2)), author + " authors");
          assertFalse(author > 0 && writer.isNewest(NAME, new Timestamp(1)));
          writer.put(Entries.entry(Entries.id(NAME, Entries.author(author), Key.of("key")), 1, 1), removed -> {});
          writer.commit(Durability.LAZY);
        }
      }
      try (ReplicaWriter writer = store.write()) {
        assertFalse(writer.isNewest(NAME, new Timestamp(2)));
        assertTrue(writer.isNewest(Entries.namespace(2), new Timestamp(2)));
      }
    }
  }

  @Test
  void open_formatThatCannotBeRead_isCorrupted() {
    byte[] tooShortSegment = {0, 0, 0, 1, 0, 0, 0, 2};
    for (byte[] row : List.of(new byte[0], new byte[3], new byte[8], tooShortSegment, new byte[9])) {
      KeyValueStore store = StoresUnderTest.memory();
      put(store, Tables.META, FORMAT, row);
      assertThrows(StoreCorruptedException.class, () -> KeyValueReplicaStore.open(store));
    }
  }

  @Test
  void open_rowsWithoutFormat_isCorrupted() {
    KeyValueStore store = StoresUnderTest.memory();
    put(store, Tables.AUTHORS, new byte[32], new byte[32]);
    assertThrows(StoreCorruptedException.class, () -> KeyValueReplicaStore.open(store));
  }

  @Test
  void open_storeThatTakesShorterKeysNow_isRefused() {
    KeyValueStore store = StoresUnderTest.memory();
    KeyValueReplicaStore.open(store);
    assertThrows(StoreException.class, () -> KeyValueReplicaStore.open(new WatchedStore(store, 480)));
  }

  @Test
  void put_shortEntryThatIsCut_isCorrupted() {
    KeyValueStore store = StoresUnderTest.memory();
    ReplicaStore replicas = KeyValueReplicaStore.open(store);
    RecordIdentifier id = new RecordIdentifier(NAME, Entries.author(1), Key.of("k"));
    put(store, Tables.RECORDS, id.encode(), new byte[17]);
    try (ReplicaReader reader = replicas.read()) {
      assertThrows(StoreCorruptedException.class, () -> reader.get(id));
    }
  }

  private static void put(KeyValueStore store, Table table, byte[] key, byte[] value) {
    try (WriteTxn txn = store.write()) {
      txn.put(table, key, value);
      txn.commit(Durability.SYNC);
    }
  }

  @ParameterizedTest
  @EnumSource
  void commit_rowsOfAllKinds_areThereAfterReopen(StoresUnderTest kind) {
    StoresUnderTest.Place place = kind.at(folder);
    NamespaceSecret secret = NamespaceSecret.random(random);
    Author author = Author.random(random);
    DownloadPolicy policy =
        new DownloadPolicy.NothingExcept(
            List.of(new DownloadPolicy.Filter.Exact(Key.EMPTY), new DownloadPolicy.Filter.Prefix(Key.of("p"))));
    EndpointAddr peer = peer();
    try (ReplicaStore store = KeyValueReplicaStore.open(place.open())) {
      try (ReplicaWriter writer = store.write()) {
        assertTrue(writer.putCapability(new Capability.Read(secret.id())));
        assertFalse(writer.putCapability(new Capability.Read(secret.id())));
        assertTrue(writer.putCapability(new Capability.Write(secret)));
        assertFalse(writer.putCapability(new Capability.Read(secret.id())));
        assertTrue(writer.putCapability(new Capability.Read(NAME)));
        writer.putAuthor(author);
        writer.putPolicy(NAME, policy);
        writer.putSyncing(NAME, true);
        writer.putSyncing(secret.id(), true);
        writer.putSyncing(secret.id(), false);
        writer.putUsefulPeer(NAME, peer, true);
        writer.putWanted(NAME, Entries.hash(1));
        writer.putWanted(NAME, Entries.hash(2));
        writer.putWanted(secret.id(), Entries.hash(3));
        writer.deleteWanted(NAME, Entries.hash(1));
        writer.commit(Durability.SYNC);
      }
      store.sync();
    }
    try (ReplicaStore store = KeyValueReplicaStore.open(place.open());
        ReplicaReader reader = store.read()) {
      assertEquals(Optional.of(new Capability.Write(secret)), reader.capability(secret.id()));
      assertEquals(2, reader.capabilities().size());
      assertEquals(Optional.of(author), reader.author(author.id()));
      assertEquals(List.of(author.id()), reader.authors());
      assertEquals(policy, reader.policy(NAME));
      assertEquals(DownloadPolicy.everything(), reader.policy(secret.id()));
      assertEquals(Optional.of(peer), reader.peer(NAME, peer.id()));
      assertEquals(Optional.empty(), reader.peer(secret.id(), peer.id()));
      assertEquals(List.of(NAME), reader.syncing());
      assertEquals(List.of(peer.id()), reader.usefulPeers(NAME));
      assertEquals(List.of(Entries.hash(2)), reader.wanted(NAME, 10));
      assertEquals(List.of(), reader.wanted(secret.id(), 0));
      assertEquals(List.of(Entries.hash(3)), reader.wanted(secret.id(), 1));
    }
  }

  @Test
  void deleteAuthor_knownAndUnknown_saysWhetherItWasThere() {
    ReplicaStore store = KeyValueReplicaStore.open(StoresUnderTest.memory());
    Author author = Author.random(random);
    try (ReplicaWriter writer = store.write()) {
      writer.putAuthor(author);
      assertTrue(writer.deleteAuthor(author.id()));
      assertFalse(writer.deleteAuthor(author.id()));
      assertEquals(Optional.empty(), writer.author(author.id()));
    }
  }

  @Test
  void write_whileAnotherOneIsOpen_isRefused() {
    ReplicaStore store = KeyValueReplicaStore.open(StoresUnderTest.memory());
    try (ReplicaWriter writer = store.write()) {
      assertThrows(StoreException.class, store::write);
      assertEquals(List.of(), writer.capabilities());
    }
  }

  @ParameterizedTest
  @EnumSource
  void drop_oneOfTwoDocuments_leavesNothingOfIt(StoresUnderTest kind) {
    KeyValueStore rows = kind.at(folder).open();
    try (ReplicaStore store = KeyValueReplicaStore.open(rows)) {
      List<SignedEntry> kept = fill(store, Entries.namespace(2), 400);
      fill(store, NAME, 1000);
      try (ReplicaWriter writer = store.write()) {
        writer.mark(new Unfinished.Drop(NAME));
        int[] steps = {0};
        while (!writer.drop(NAME, () -> ++steps[0] % 100 == 0)) {
          assertEquals(Optional.empty(), writer.capability(NAME));
        }
        assertTrue(steps[0] > 2000, "steps: " + steps[0]);
        writer.unmark(NAME);
        writer.commit(Durability.LAZY);
      }
      try (ReplicaReader reader = store.read()) {
        assertEquals(0, reader.count(NAME));
        assertEquals(List.of(), reader.unfinished());
        assertEquals(Optional.empty(), reader.capability(NAME));
        assertEquals(Optional.empty(), reader.range(NAME).smallest());
        assertEquals(List.of(), reader.page(NAME, Query.all().withEmpty(), Optional.empty(), 5));
        assertEquals(kept.size(), reader.count(Entries.namespace(2)));
        List<Hash> hashes = new ArrayList<>();
        reader.contentHashes(hashes::add);
        assertEquals(kept.stream().filter(entry -> !entry.entry().isEmpty()).count(), hashes.size());
      }
      try (ReplicaWriter writer = store.write()) {
        writer.drop(Entries.namespace(2));
        writer.commit(Durability.LAZY);
      }
      for (Table table : KeyValueReplicaStore.tables()) {
        assertEquals(table.equals(Tables.META), !isEmpty(rows, table), table.name());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void mark_unfinishedWork_isKeptUntilItIsUnmarked(StoresUnderTest kind) {
    StoresUnderTest.Place place = kind.at(folder);
    Unfinished put = new Unfinished.Put(Entries.entry(Entries.id(NAME, Entries.author(1), Key.of("k")), 5, 1));
    Unfinished drop = new Unfinished.Drop(Entries.namespace(2));
    try (ReplicaStore store = KeyValueReplicaStore.open(place.open());
        ReplicaWriter writer = store.write()) {
      writer.mark(new Unfinished.Drop(NAME));
      writer.mark(put);
      writer.mark(drop);
      writer.mark(new Unfinished.Drop(Entries.namespace(3)));
      writer.unmark(Entries.namespace(3));
      writer.commit(Durability.SYNC);
    }
    try (ReplicaStore store = KeyValueReplicaStore.open(place.open());
        ReplicaReader reader = store.read()) {
      assertEquals(Set.of(put, drop), Set.copyOf(reader.unfinished()));
    }
  }

  /** Entries with short and long keys, and a row of each kind. */
  private static List<SignedEntry> fill(ReplicaStore store, NamespaceId name, int count) {
    List<SignedEntry> entries = new ArrayList<>();
    try (ReplicaWriter writer = store.write()) {
      writer.putCapability(new Capability.Read(name));
      writer.putPolicy(name, DownloadPolicy.nothing());
      writer.putUsefulPeer(name, peer(), true);
      writer.putWanted(name, Entries.hash(1));
      writer.putSyncing(name, true);
      for (int i = 0; i < count; i++) {
        String key = (i % 10 == 0 ? "x".repeat(900) : "") + "%05d".formatted(i);
        SignedEntry entry =
            Entries.entry(new RecordIdentifier(name, Entries.author(i % 3), Key.of(key)), 1 + i, i % 4);
        writer.put(entry, removed -> {});
        entries.add(entry);
      }
      writer.commit(Durability.LAZY);
    }
    return entries;
  }

  private static boolean isEmpty(KeyValueStore store, Table table) {
    try (ReadTxn txn = store.read();
        Cursor cursor = txn.cursor(table)) {
      return !cursor.seekLast();
    }
  }

  @ParameterizedTest
  @EnumSource
  void put_keysOfOneMebibyte_areKeptInOrder(StoresUnderTest kind) {
    StoresUnderTest.Place place = kind.at(folder);
    List<SignedEntry> entries = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      byte[] key = new byte[Key.MAX_BYTES - i / 3];
      key[key.length - 1] = (byte) (i % 3);
      key[1 << 19] = (byte) (i == 5 ? 1 : 0);
      entries.add(Entries.entry(new RecordIdentifier(NAME, Entries.author(2), Key.of(key)), 100 - i, 1));
    }
    try (ReplicaStore store = KeyValueReplicaStore.open(place.open())) {
      for (SignedEntry entry : entries) {
        try (ReplicaWriter writer = store.write()) {
          writer.put(entry, removed -> {});
          writer.commit(Durability.LAZY);
        }
      }
    }
    NaiveReplica model = new NaiveReplica();
    entries.stream().filter(entry -> model.protectors(entry).isEmpty()).forEach(model::insert);
    try (ReplicaStore store = KeyValueReplicaStore.open(place.open());
        ReplicaReader reader = store.read()) {
      assertEquals(List.copyOf(model.entries.values()), ReplicaPropertyTest.pages(reader, NAME, Query.all(), 9));
      assertEquals(1, reader.page(NAME, Query.all(), Optional.empty(), 9).size());
      Segment all = new Segment(Bound.start(), Bound.end());
      SignedEntry first = model.entries.firstEntry().getValue();
      assertEquals(new EntryPage(List.of(first), true), reader.range(NAME).entries(all, 9));
      Query byKey = Query.all().withSort(Query.Sort.KEY_AUTHOR, true);
      List<SignedEntry> reversed = new ArrayList<>(model.entries.values());
      Collections.reverse(reversed);
      assertEquals(reversed, ReplicaPropertyTest.pages(reader, NAME, byKey, 9));
      Ranges.check(reader.range(NAME), model, NAME, random, kind.name());
    }
  }

  private static EndpointAddr peer() {
    TreeSet<TransportAddr> addresses = new TreeSet<>();
    addresses.add(new TransportAddr.Relay("https://relay.example./"));
    addresses.add(ip(4433, 127, 0, 0, 1));
    addresses.add(ip(65535, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    addresses.add(new TransportAddr.Custom(7, Bytes.of(new byte[] {1, 2})));
    return new EndpointAddr(endpoint(9), addresses);
  }

  private static TransportAddr ip(int port, int... address) {
    byte[] bytes = new byte[address.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) address[i];
    }
    try {
      return new TransportAddr.Ip(new InetSocketAddress(InetAddress.getByAddress(bytes), port));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static EndpointId endpoint(int number) {
    return new EndpointId(new Bytes32(number, 0, 0, -1));
  }

  @Test
  void authors_severalKept_areInOrder() {
    ReplicaStore store = KeyValueReplicaStore.open(StoresUnderTest.memory());
    TreeSet<AuthorId> expected = new TreeSet<>();
    try (ReplicaWriter writer = store.write()) {
      for (int i = 0; i < 5; i++) {
        Author author = Author.random(random);
        expected.add(author.id());
        writer.putAuthor(author);
      }
      assertEquals(List.copyOf(expected), writer.authors());
    }
  }

  @Test
  void open_storeThatTakesTooShortKeys_isRefusedAndLeftEmpty() {
    KeyValueStore memory = StoresUnderTest.memory();
    WatchedStore store = new WatchedStore(memory, KeyValueStore.MIN_KEY_BYTES - 1);
    assertThrows(StoreException.class, () -> KeyValueReplicaStore.open(store));
    KeyValueReplicaStore.open(memory).close();
  }
}
