package org.docs4j.store.lmdb;

import static org.docs4j.store.lmdb.LmdbTestStores.TABLE;
import static org.docs4j.store.lmdb.LmdbTestStores.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreFullException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.api.spi.store.WriteTxn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LmdbStoreLimitsTest {
  private static final Map<String, String> SMALL = Map.of("map-size", "1048576");

  @TempDir Path folder;
  private Optional<KeyValueStore> opened = Optional.empty();

  private KeyValueStore open(Map<String, String> options) {
    KeyValueStore store = LmdbTestStores.open(folder, options);
    opened = Optional.of(store);
    return store;
  }

  @AfterEach
  void close() {
    opened.ifPresent(KeyValueStore::close);
  }

  @Test
  void when_theMapIsFull_then_nothingCommittedIsLostAndTheNextTransactionHasRoom() {
    KeyValueStore store = open(SMALL);
    LmdbTestStores.fill(store, 0, 100, 1000);
    try (WriteTxn txn = store.write()) {
      assertThrows(StoreFullException.class, () -> {
        for (int i = 100; i < 10_000; i++) {
          txn.put(TABLE, key(i), new byte[1000]);
        }
      });
      assertThrows(StoreException.class, () -> txn.put(TABLE, key(1), new byte[1]), "a failed transaction takes no more");
      assertThrows(StoreException.class, () -> txn.commit(Durability.SYNC), "nor can it be committed");
    }
    assertEquals(100, LmdbTestStores.count(store), "what was committed before");
    LmdbTestStores.fill(store, 100, 1000, 1000);
    assertEquals(1000, LmdbTestStores.count(store), "after the map has grown");
  }

  @Test
  void when_theStoreFillsSlowly_then_theMapGrowsInTime() {
    KeyValueStore store = open(SMALL);
    for (int i = 0; i < 200; i++) {
      LmdbTestStores.fill(store, i * 50, i * 50 + 50, 1000);
    }
    assertEquals(10_000, LmdbTestStores.count(store));
  }

  @Test
  void open_withALessMapThanItsData_takesWhatItNeeds() {
    LmdbTestStores.fill(open(Map.of()), 0, 5000, 1000);
    close();
    KeyValueStore store = open(SMALL);
    assertEquals(5000, LmdbTestStores.count(store));
    LmdbTestStores.fill(store, 5000, 5100, 1000);
    assertEquals(5100, LmdbTestStores.count(store));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "many", "1000", "-1", "99999999999999999999"})
  void open_withABadMapSize_isRefused(String size) {
    StoreException refusal = assertThrows(StoreException.class, () -> open(Map.of("map-size", size)));
    assertTrue(refusal.getMessage().contains("map-size"), refusal.getMessage());
  }

  @Test
  void write_usedByAnotherThread_isRefused() {
    KeyValueStore store = open(Map.of());
    try (WriteTxn txn = store.write(); Cursor cursor = txn.cursor(TABLE)) {
      txn.put(TABLE, key(1), new byte[1]);
      refusedElsewhere(() -> txn.put(TABLE, key(2), new byte[1]));
      refusedElsewhere(() -> txn.get(TABLE, key(1)));
      refusedElsewhere(cursor::seekLast);
      refusedElsewhere(() -> txn.commit(Durability.SYNC));
      refusedElsewhere(txn::close);
      txn.commit(Durability.SYNC);
    }
    assertEquals(1, LmdbTestStores.count(store));
  }

  private static void refusedElsewhere(Runnable use) {
    CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(use);
    CompletionException failure = assertThrows(CompletionException.class, elsewhere::join);
    assertTrue(failure.getCause() instanceof StoreException, failure.getCause().toString());
    assertTrue(failure.getCause().getMessage().contains("thread"), failure.getCause().getMessage());
  }

  @Test
  @Timeout(60)
  void when_aThreadEndsWithItsTransactionOpen_then_theStoreCanBeClosedAndOpened() throws InterruptedException {
    KeyValueStore store = open(Map.of());
    LmdbTestStores.fill(store, 0, 10, 10);
    Thread forgetful = new Thread(() -> store.write().put(TABLE, key(99), new byte[1]));
    forgetful.start();
    forgetful.join();
    store.close();
    KeyValueStore again = open(Map.of());
    LmdbTestStores.fill(again, 10, 11, 10);
    assertEquals(11, LmdbTestStores.count(again), "the forgotten transaction was rolled back");
  }

  @Test
  void when_aSnapshotIsForgotten_then_theStoreClosesAllTheSame() {
    KeyValueStore store = open(Map.of());
    LmdbTestStores.fill(store, 0, 10, 10);
    ReadTxn forgotten = store.read();
    Cursor cursor = forgotten.cursor(TABLE);
    assertTrue(cursor.seekLast());
    store.close();
    assertThrows(StoreException.class, cursor::previous);
    assertEquals(10, LmdbTestStores.count(open(Map.of())));
  }

  @Test
  @Timeout(60)
  void open_onAThreadWithoutAClassLoader_findsTheLibrary() throws InterruptedException {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> result.complete(LmdbTestStores.count(open(Map.of()))));
    thread.setContextClassLoader(null);
    thread.start();
    thread.join();
    assertEquals(0, result.join());
  }

  @Test
  void provider_onModulePathAndOnClassPath_isTheSame() throws IOException {
    Class<?> provider = LmdbStoreProvider.class;
    List<String> declared = provider.getModule().getDescriptor().provides().stream()
        .filter(service -> service.service().equals(StoreProvider.class.getName()))
        .flatMap(service -> service.providers().stream())
        .toList();
    URL services = provider.getResource("/META-INF/services/" + StoreProvider.class.getName());
    try (var in = services.openStream()) {
      List<String> listed = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertEquals(declared, listed);
    }
    assertEquals(List.of(provider.getName()), declared);
  }
}
