package org.docs4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.docs4j.api.AuthorNotFoundException;
import org.docs4j.api.BlobException;
import org.docs4j.api.Doc;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.InvalidEntryException;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.ReadOnlyReplicaException;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.ReplicaNotFoundException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.spi.blobs.ImportMode;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.docs4j.tck.sim.Conditions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EngineDocTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  private final TestMachine machine = new TestMachine();
  private final DocsEngine node = machine.memoryNode();
  private final Doc doc = node.create();

  @AfterEach
  void close() {
    node.close();
    machine.close();
  }

  private List<Key> keys(Query query) {
    try (Stream<Entry> found = doc.query(query)) {
      return found.map(entry -> entry.id().key()).toList();
    }
  }

  @Test
  void set_thenGet_givesTheEntryAndItsContent() {
    Entry entry = doc.set(Key.of("a"), CONTENT).entry();
    assertEquals(Optional.of(entry), doc.get(Key.of("a")));
    assertEquals(Optional.of(entry), doc.get(doc.defaultAuthor(), Key.of("a")));
    assertEquals(Optional.empty(), doc.get(Key.of("b")));
    assertArrayEquals(CONTENT, doc.content(entry, 7));
    assertThrows(BlobException.class, () -> doc.content(entry, 6));
    assertEquals(1, doc.count());
    assertEquals(Capability.Kind.WRITE, doc.access());
  }

  @Test
  void set_removesTheLongerKeysAndNamesThem() {
    doc.set(Key.of("dir/a"), CONTENT);
    doc.set(Key.of("dir/b"), CONTENT);
    doc.set(Key.of("other"), CONTENT);
    LocalInsert written = doc.set(Key.of("dir"), CONTENT);
    assertEquals(2, written.removed());
    assertEquals(List.of(Key.of("dir/a"), Key.of("dir/b")), written.removedKeys());
    assertEquals(List.of(Key.of("dir"), Key.of("other")), keys(Query.all()));
  }

  @Test
  void delete_hidesTheKeysAndShowsThemToWhoAsksForDeletions() {
    doc.set(Key.of("dir/a"), CONTENT);
    doc.set(Key.of("dir"), CONTENT);
    LocalInsert deleted = doc.delete(doc.defaultAuthor(), Key.of("dir"));
    assertEquals(1, deleted.removed(), "the longer key went when the shorter one was written");
    assertTrue(deleted.entry().isEmpty());
    assertEquals(List.of(), keys(Query.all()));
    assertEquals(List.of(Key.of("dir")), keys(Query.all().withEmpty()));
    assertEquals(Optional.empty(), doc.get(Key.of("dir")));
  }

  @Test
  void set_ofWhatCannotBeWritten_isRefused() {
    AuthorId stranger = Author.random(machine.environment.random()).id();
    assertThrows(InvalidEntryException.class, () -> doc.set(Key.of("a"), new byte[0]));
    assertThrows(InvalidEntryException.class, () -> doc.set(Key.of(new byte[Key.MAX_BYTES + 1]), CONTENT));
    assertThrows(AuthorNotFoundException.class, () -> doc.set(stranger, Key.of("a"), CONTENT));
    Hash hash = Hash.ofContent(CONTENT);
    AuthorId author = doc.defaultAuthor();
    assertThrows(InvalidEntryException.class, () -> doc.setHash(author, Key.of("a"), hash, 0));
    assertThrows(IllegalArgumentException.class, () -> doc.setHash(author, Key.of("a"), hash, -7));
    assertEquals(0, doc.count());
  }

  @Test
  void setFile_addsTheFile_orWritesNothing(@TempDir Path temp) throws IOException {
    Path file = Files.write(temp.resolve("file"), CONTENT);
    AuthorId author = doc.defaultAuthor();
    Entry entry = doc.setFile(author, Key.of("f"), file, ImportMode.COPY, ProgressListener.NONE).entry();
    doc.export(entry, temp.resolve("copy"), ProgressListener.NONE);
    assertArrayEquals(CONTENT, Files.readAllBytes(temp.resolve("copy")));
    Path missing = temp.resolve("missing");
    assertThrows(
        BlobException.class,
        () -> doc.setFile(author, Key.of("g"), missing, ImportMode.COPY, ProgressListener.NONE));
    assertEquals(1, doc.count());
  }

  @Test
  void readOnly_isRefusedBeforeAnythingIsStored() {
    Capability.Write write = new Capability.Write(NamespaceSecret.random(machine.environment.random()));
    Doc readOnly = node.importCapability(write.toRead());
    assertEquals(Capability.Kind.READ, readOnly.access());
    assertThrows(ReadOnlyReplicaException.class, () -> readOnly.set(Key.of("a"), CONTENT));
    AuthorId author = doc.defaultAuthor();
    assertThrows(ReadOnlyReplicaException.class, () -> readOnly.delete(author, Key.of("a")));
    assertThrows(ReadOnlyReplicaException.class, () -> readOnly.share(Capability.Kind.WRITE));
    assertEquals(Capability.Kind.READ, readOnly.share(Capability.Kind.READ).capability().kind());
    assertEquals("Missing[]", machine.blobs.status(Hash.ofContent(CONTENT)).toString());
    assertEquals(Capability.Kind.WRITE, node.importCapability(write).access());
    readOnly.set(Key.of("a"), CONTENT);
  }

  @Test
  void closedHandle_refusesEverythingWhileAnotherGoesOn() {
    Doc other = node.open(doc.id());
    doc.close();
    doc.close();
    AuthorId author = other.defaultAuthor();
    assertThrows(ReplicaClosedException.class, () -> doc.set(author, Key.of("a"), CONTENT));
    assertThrows(ReplicaClosedException.class, () -> doc.setHashAsync(author, Key.of("a"), Hash.ofContent(CONTENT), 7));
    assertThrows(ReplicaClosedException.class, () -> doc.get(Key.of("a")));
    assertThrows(ReplicaClosedException.class, () -> doc.query(Query.all()));
    assertThrows(ReplicaClosedException.class, () -> doc.subscribe());
    assertThrows(ReplicaClosedException.class, () -> doc.startSync(List.of()));
    assertThrows(ReplicaClosedException.class, doc::leave);
    assertThrows(ReplicaClosedException.class, doc::count);
    other.set(Key.of("a"), CONTENT);
    assertEquals(1, other.count());
  }

  @Test
  void downloadPolicy_isRemembered() {
    DownloadPolicy before = doc.downloadPolicy();
    DownloadPolicy.NothingExcept nothing = new DownloadPolicy.NothingExcept(List.of());
    doc.setDownloadPolicy(nothing);
    assertEquals(nothing, node.open(doc.id()).downloadPolicy());
    doc.setDownloadPolicy(before);
    assertEquals(before, doc.downloadPolicy());
  }

  @Test
  void drop_whileSyncing_removesTheDocument() {
    doc.startSync(List.of());
    node.drop(doc.id());
    assertThrows(ReplicaNotFoundException.class, () -> node.open(doc.id()));
    assertThrows(ReplicaNotFoundException.class, () -> node.drop(doc.id()));
    assertEquals(List.of(), node.list());
  }

  @Test
  void collectGarbage_betweenAddingAndWriting_keepsTheContent() throws Exception {
    CompletableFuture<Long> collected = new CompletableFuture<>();
    Thread collector = new Thread(() -> collected.complete(machine.blobs.collectGarbage()), "test-collector");
    machine.blobs.afterAdd(
        () -> {
          collector.start();
          Conditions.realTime()
              .until(
                  "the collection",
                  () -> collected.isDone() || collector.getState() == Thread.State.TIMED_WAITING);
        });
    Entry entry = doc.set(Key.of("a"), CONTENT).entry();
    assertEquals(0, collected.get());
    assertArrayEquals(CONTENT, doc.content(entry, 7));
  }

  @Test
  void collectGarbage_keepsWhatEntriesNameAndDeletesTheRest() {
    Entry entry = doc.set(Key.of("a"), CONTENT).entry();
    machine.blobs.add("nobody's".getBytes(StandardCharsets.UTF_8));
    assertEquals(1, machine.blobs.collectGarbage());
    assertArrayEquals(CONTENT, doc.content(entry, 7));
    doc.delete(doc.defaultAuthor(), Key.of("a"));
    assertEquals(1, machine.blobs.collectGarbage());
  }
}
