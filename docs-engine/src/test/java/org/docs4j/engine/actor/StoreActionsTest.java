package org.docs4j.engine.actor;

import static org.docs4j.engine.actor.ActorCase.AUTHOR;
import static org.docs4j.engine.actor.ActorCase.CONTENT;
import static org.docs4j.engine.actor.ActorCase.DOC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.AuthorNotFoundException;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Key;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.docs4j.engine.DocsEngine;
import org.junit.jupiter.api.Test;

/** Actions about the node and no document of it. */
class StoreActionsTest {
  private static final Table AUTHORS =
      DocsEngine.tables().stream().filter(table -> table.name().equals("authors")).findFirst().orElseThrow();

  private final ActorCase node = new ActorCase(Slice.STEPS);

  private static EndpointAddr peer(int port) {
    EndpointId id = EndpointSecret.of(new byte[32]).id();
    return EndpointAddr.of(id, List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
  }

  @Test
  void peer_thatWasPut_isKnownFromThenOn() {
    EndpointId id = peer(1).id();
    assertEquals(Optional.empty(), node.await(node.sync.peer(id)));
    assertEquals(peer(1), node.await(node.sync.putPeer(peer(1))));
    assertEquals(Optional.of(peer(1)), node.await(node.sync.peer(id)));
    assertEquals(peer(2), node.await(node.sync.putPeer(peer(2))));
    assertEquals(Optional.of(peer(2)), node.await(node.sync.peer(id)), "the last addresses count");
    assertEquals(Optional.empty(), node.await(node.sync.peer(EndpointSecret.of(AUTHOR.toByteArray()).id())));
    node.await(node.sync.flush());
    node.crash();
    assertEquals(Optional.of(peer(2)), node.await(node.sync.peer(id)));
  }

  private static void damage(KeyValueStore store, Author author) {
    try (WriteTxn txn = store.write()) {
      txn.put(AUTHORS, author.id().toByteArray(), new byte[3]);
      txn.commit(Durability.SYNC);
    }
  }

  @Test
  void author_whoseSecretIsDamaged_isRefusedListedAndDeleted() {
    node.await(node.sync.flush());
    node.crash(kept -> damage(kept, AUTHOR));
    node.await(node.sync.open(DOC, OpenOptions.DEFAULT));
    assertTrue(node.await(node.sync.listAuthors()).contains(AUTHOR.id()));
    assertInstanceOf(StoreCorruptedException.class, node.failure(node.sync.exportAuthor(AUTHOR.id())));
    assertInstanceOf(
        StoreCorruptedException.class,
        node.failure(node.sync.insertLocal(DOC, AUTHOR.id(), Key.of("key"), CONTENT, 1)));
    assertEquals(AUTHOR.id(), node.await(node.sync.deleteAuthor(AUTHOR.id())));
    assertFalse(node.await(node.sync.listAuthors()).contains(AUTHOR.id()));
    assertInstanceOf(AuthorNotFoundException.class, node.failure(node.sync.deleteAuthor(AUTHOR.id())));
    node.crash();
    assertEquals(2, node.await(node.sync.listAuthors()).size());
    assertEquals(AUTHOR.id(), node.await(node.sync.importAuthor(AUTHOR)), "it can be had again");
    node.await(node.sync.open(DOC, OpenOptions.DEFAULT));
    node.await(node.insert(DOC, "key"));
  }
}
