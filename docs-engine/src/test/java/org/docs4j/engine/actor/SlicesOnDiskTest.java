package org.docs4j.engine.actor;

import static org.docs4j.engine.actor.ActorCase.AUTHOR;
import static org.docs4j.engine.actor.ActorCase.DOC;
import static org.docs4j.engine.actor.ActorCase.OTHER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.Providers;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.engine.DocsEngine;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.replica.KeyValueReplicaStore;
import org.docs4j.engine.replica.ReplicaWriter;
import org.docs4j.tck.sim.SimEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on the disk in the middle of long work, as a kill at that moment would leave it. */
class SlicesOnDiskTest {
  private static final int ENTRIES = 2000;

  @TempDir Path temp;

  private final SimEnvironment sim = SimEnvironment.create();

  private static KeyValueReplicaStore store(Path folder) {
    return KeyValueReplicaStore.open(
        Providers.store(Optional.of("lmdb"), true)
            .open(new StoreConfig(Optional.of(folder), DocsEngine.tables(), Map.of())));
  }

  private SyncHandle node(Path folder) {
    return new SyncHandle(store(folder), sim.environment(folder.toString()), ReconcilerConfig.DEFAULT, event -> {}, 4);
  }

  private <T> T await(CompletableFuture<T> stage) {
    sim.runUntil(stage::isDone, Duration.ofMinutes(1));
    return stage.join();
  }

  private Path fill() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("node"));
    try (KeyValueReplicaStore store = store(folder);
        ReplicaWriter writer = store.write()) {
      writer.putAuthor(AUTHOR);
      writer.putCapability(new Capability.Write(ActorCase.SECRET));
      writer.putCapability(new Capability.Write(ActorCase.OTHER_SECRET));
      for (int i = 0; i < ENTRIES; i++) {
        writer.put(Entries.unsigned(AUTHOR, ActorCase.key(i), 1 + i, "x"), removed -> {});
      }
      writer.commit(Durability.SYNC);
    }
    return folder;
  }

  /** What a power cut at this moment leaves: everything that was flushed. */
  private Path copy(Path folder) throws IOException {
    Path copy = Files.createDirectory(temp.resolve("copy"));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  @Test
  void when_killedWhileDropping_then_theRestIsRemovedBeforeTheDocumentIsKeptAgain() throws IOException {
    Path folder = fill();
    SyncHandle node = node(folder);
    await(node.open(DOC, OpenOptions.DEFAULT));
    CompletableFuture<NamespaceId> drop = node.drop(DOC);
    for (int i = 0; i < 100; i++) {
      await(node.capability(OTHER));
    }
    await(node.flush());
    assertFalse(drop.isDone());
    SyncHandle next = node(copy(folder));
    await(next.importNamespace(new Capability.Read(DOC)));
    await(next.open(DOC, OpenOptions.DEFAULT));
    assertEquals(0, await(next.count(DOC)));
    assertEquals(List.of(), await(next.getPage(DOC, Query.all().withEmpty(), Optional.empty(), 9)));
    await(next.shutdown());
    await(node.shutdown());
    assertTrue(drop.isDone());
  }

  @Test
  void when_killedWhileDeletingVeryMany_then_onlyTheTombstoneIsLeft() throws IOException {
    Path folder = fill();
    SyncHandle node = node(folder);
    await(node.open(DOC, OpenOptions.DEFAULT));
    CompletableFuture<LocalInsert> deletion = node.deletePrefix(DOC, AUTHOR.id(), Key.of("key"));
    for (int i = 0; i < 4; i++) {
      await(node.capability(OTHER));
    }
    await(node.flush());
    assertFalse(deletion.isDone());
    SyncHandle next = node(copy(folder));
    await(next.open(DOC, OpenOptions.DEFAULT));
    assertEquals(1, await(next.count(DOC)));
    assertTrue(await(next.getExact(DOC, AUTHOR.id(), Key.of("key"), true)).orElseThrow().isEmpty());
    await(next.shutdown());
    await(node.shutdown());
    assertEquals(ENTRIES, deletion.join().removed());
  }
}
