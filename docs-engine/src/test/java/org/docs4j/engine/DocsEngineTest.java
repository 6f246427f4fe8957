package org.docs4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.AuthorNotFoundException;
import org.docs4j.api.Authors;
import org.docs4j.api.Doc;
import org.docs4j.api.DocInfo;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreVersionException;
import org.docs4j.api.SyncAccess;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.tck.sim.Conditions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DocsEngineTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temp;

  private final TestMachine machine = new TestMachine();

  @AfterEach
  void close() {
    machine.close();
  }

  private Path file(String name) {
    return temp.resolve("node").resolve(name);
  }

  @Test
  void restart_keepsDocumentsAuthorsAndIdentity() {
    NamespaceId written;
    NamespaceId read;
    AuthorId author;
    EndpointId id;
    try (DocsEngine node = machine.nodeIn(temp.resolve("node"))) {
      id = node.addr().id();
      Doc doc = node.create();
      written = doc.id();
      Doc other = node.create();
      read = other.id();
      author = node.authors().create();
      node.authors().setDefaultAuthor(author);
      doc.set(Key.of("a"), CONTENT);
      doc.startSync(List.of());
    }
    try (DocsEngine node = machine.nodeIn(temp.resolve("node"))) {
      assertEquals(id, node.addr().id());
      assertEquals(author, node.authors().defaultAuthor());
      assertEquals(2, node.authors().list().size());
      List<DocInfo> kept =
          List.of(written, read).stream().sorted().map(key -> new DocInfo(key, Capability.Kind.WRITE)).toList();
      assertEquals(kept, node.list());
      Doc doc = node.open(written);
      assertEquals(author, doc.get(Key.of("a")).orElseThrow().id().author());
      assertEquals(1, node.resumeSync(), "only one was syncing");
    }
  }

  @Test
  void closeByAnInterruptedThread_keepsTheLastWriteAndTheInterrupt() {
    DocsEngine node = machine.nodeIn(temp.resolve("node"));
    Doc doc = node.create();
    doc.set(Key.of("a"), CONTENT);
    Thread.currentThread().interrupt();
    node.close();
    assertTrue(Thread.interrupted());
    try (DocsEngine again = machine.nodeIn(temp.resolve("node"))) {
      assertTrue(again.open(doc.id()).get(Key.of("a")).isPresent());
    }
  }

  @Test
  void closedNode_refusesEverythingAtOnce() {
    DocsEngine node = machine.memoryNode();
    Doc doc = node.create();
    Authors authors = node.authors();
    AuthorId author = authors.create();
    Author secret = authors.export(author).orElseThrow();
    EndpointAddr peer = node.addr();
    node.close();
    node.close();
    assertThrows(ReplicaClosedException.class, node::addr);
    assertThrows(ReplicaClosedException.class, node::authors);
    assertThrows(ReplicaClosedException.class, node::blobs);
    assertThrows(ReplicaClosedException.class, node::create);
    assertThrows(ReplicaClosedException.class, node::list);
    assertThrows(ReplicaClosedException.class, node::flush);
    assertThrows(ReplicaClosedException.class, node::resumeSync);
    assertThrows(ReplicaClosedException.class, () -> node.open(doc.id()));
    assertThrows(ReplicaClosedException.class, () -> node.drop(doc.id()));
    assertThrows(ReplicaClosedException.class, () -> doc.set(author, Key.of("a"), CONTENT));
    assertThrows(ReplicaClosedException.class, () -> doc.startSync(List.of(peer)));
    assertThrows(ReplicaClosedException.class, doc::defaultAuthor);
    assertThrows(ReplicaClosedException.class, authors::defaultAuthor);
    assertThrows(ReplicaClosedException.class, authors::create);
    assertThrows(ReplicaClosedException.class, authors::list);
    assertThrows(ReplicaClosedException.class, () -> authors.export(author));
    assertThrows(ReplicaClosedException.class, () -> authors.importAuthor(secret));
    assertThrows(ReplicaClosedException.class, () -> authors.setDefaultAuthor(author));
    assertThrows(ReplicaClosedException.class, () -> authors.delete(author));
    assertThrows(ReplicaClosedException.class, machine.blobs::collectGarbage);
  }

  @Test
  void closeByManyThreads_closesOnceAndAllWait() throws Exception {
    AtomicInteger ends = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    Endpoint endpoint = machine.endpoint(EndpointSecret.random(machine.environment.random()));
    DocsEngine node =
        DocsEngine.spawn(
            machine.seams(endpoint, TestMachine.memoryStore(), new DefaultAuthorStorage.Memory()),
            EngineConfig.DEFAULT,
            ends::incrementAndGet);
    List<Thread> closers =
        List.of(1, 2, 3, 4).stream()
            .map(
                i ->
                    new Thread(
                        () -> {
                          node.close();
                          seen.addAndGet(ends.get());
                        }))
            .toList();
    closers.forEach(Thread::start);
    for (Thread closer : closers) {
      closer.join();
    }
    assertEquals(1, ends.get());
    assertEquals(4, seen.get());
  }

  @Test
  void spawn_onAnEndpointInUse_closesTheStoreAndLeavesNoThread() throws IOException {
    Path store = Files.createDirectory(temp.resolve("store"));
    Endpoint endpoint = machine.endpoint(EndpointSecret.random(machine.environment.random()));
    EngineSeams first = machine.seams(endpoint, TestMachine.memoryStore(), new DefaultAuthorStorage.Memory());
    try (DocsEngine node = DocsEngine.spawn(first, EngineConfig.DEFAULT)) {
      assertTrue(node.list().isEmpty());
      EngineSeams second = machine.seams(endpoint, TestMachine.lmdb(store), new DefaultAuthorStorage.Memory());
      assertThrows(IllegalArgumentException.class, () -> DocsEngine.spawn(second, EngineConfig.DEFAULT));
      TestMachine.lmdb(store).close();
      Conditions.realTime().until("the end of the threads", () -> threads("docs-live") == 1 && threads("docs-sync") == 1);
      assertEquals(0, machine.blobs.collectGarbage(), "only the first node is asked");
    }
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals(name)).count();
  }

  @Test
  void spawn_onANewerFormat_isRefusedAndClosesTheStore() throws IOException {
    Path store = Files.createDirectory(temp.resolve("store"));
    Endpoint endpoint = machine.endpoint(EndpointSecret.random(machine.environment.random()));
    EngineSeams seams = machine.seams(endpoint, TestMachine.lmdb(store), new DefaultAuthorStorage.Memory());
    DocsEngine.spawn(seams, EngineConfig.DEFAULT).close();
    endpoint.close();
    raiseFormat(store);
    Endpoint next = machine.endpoint(EndpointSecret.random(machine.environment.random()));
    EngineSeams newer = machine.seams(next, TestMachine.lmdb(store), new DefaultAuthorStorage.Memory());
    assertThrows(StoreVersionException.class, () -> DocsEngine.spawn(newer, EngineConfig.DEFAULT));
    TestMachine.lmdb(store).close();
  }

  private static void raiseFormat(Path folder) {
    Table meta = DocsEngine.tables().stream().filter(table -> table.name().equals("meta")).findFirst().orElseThrow();
    byte[] key = "format".getBytes(StandardCharsets.US_ASCII);
    try (KeyValueStore store = TestMachine.lmdb(folder);
        WriteTxn write = store.write()) {
      byte[] format = write.get(meta, key).orElseThrow();
      format[3]++;
      write.put(meta, key, format);
      write.commit(Durability.SYNC);
    }
  }

  @Test
  void defaultAuthorFile_damagedOrOfAStranger_isRefused() throws IOException {
    machine.nodeIn(temp.resolve("node")).close();
    String kept = Files.readString(file("default-author"));
    Files.writeString(file("default-author"), "nobody");
    assertThrows(StoreCorruptedException.class, () -> machine.nodeIn(temp.resolve("node")));
    Files.writeString(file("default-author"), Author.random(machine.environment.random()).id().toString());
    assertThrows(AuthorNotFoundException.class, () -> machine.nodeIn(temp.resolve("node")));
    Files.writeString(file("default-author"), kept);
    try (DocsEngine node = machine.nodeIn(temp.resolve("node"))) {
      assertEquals(kept, node.authors().defaultAuthor().toString());
    }
  }

  @Test
  void authors_areMadeImportedAndForgotten_butNotTheDefaultOne() {
    try (DocsEngine node = machine.memoryNode()) {
      Authors authors = node.authors();
      AuthorId first = authors.defaultAuthor();
      Author imported = Author.random(machine.environment.random());
      assertThrows(AuthorNotFoundException.class, () -> authors.setDefaultAuthor(imported.id()));
      assertEquals(imported.id(), authors.importAuthor(imported));
      assertEquals(List.of(first, imported.id()).stream().sorted().toList(), authors.list());
      assertArrayEquals(
          imported.toByteArray(), authors.export(imported.id()).map(Author::toByteArray).orElse(new byte[0]));
      assertThrows(IllegalArgumentException.class, () -> authors.delete(first));
      authors.setDefaultAuthor(imported.id());
      authors.delete(first);
      assertEquals(Optional.empty(), authors.export(first));
      assertThrows(AuthorNotFoundException.class, () -> authors.delete(first));
      assertFalse(authors.list().contains(first));
    }
  }

  @Test
  void config_outOfRange_isRefused() {
    Duration patience = Duration.ofSeconds(1);
    assertThrows(IllegalArgumentException.class, () -> new EngineConfig(1, 1, 1, patience, SyncAccess.EVERYONE));
    assertThrows(IllegalArgumentException.class, () -> new EngineConfig(2, 0, 1, patience, SyncAccess.EVERYONE));
    assertThrows(IllegalArgumentException.class, () -> new EngineConfig(2, 1, 0, patience, SyncAccess.EVERYONE));
    assertThrows(IllegalArgumentException.class, () -> new EngineConfig(2, 1, 1, Duration.ZERO, SyncAccess.EVERYONE));
    assertEquals(2, new EngineConfig(2, 1, 1, patience, SyncAccess.EVERYONE).splitWidth());
  }
}
