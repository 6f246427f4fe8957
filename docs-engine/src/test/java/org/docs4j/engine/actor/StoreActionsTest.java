package org.docs4j.engine.actor;

import static org.docs4j.engine.actor.ActorCase.AUTHOR;
import static org.docs4j.engine.actor.ActorCase.CONTENT;
import static org.docs4j.engine.actor.ActorCase.DOC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.docs4j.api.AuthorNotFoundException;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.Author;
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
