package org.docs4j.engine.replica;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/**
 * The addresses of peers up to format 2: of every peer that ever came, in a row that all documents share. Those of peers
 * that a document remembers become the document's, all others go.
 */
final class SharedPeerRows {
  /** How many rows are looked at in a transaction: a node that met very many peers has as many. */
  static final int PAGE = 1024;

  private SharedPeerRows() {}

  /** Whether this is the key of such a row. */
  private static boolean isShared(byte[] key) {
    return key.length == Bytes32.SIZE;
  }

  /** Replaces them in a store of an older format; after a crash in the middle it is to be called again. */
  static void replace(KeyValueStore store) {
    forEach(store, Tables.USEFUL_PEERS, SharedPeerRows::give);
    forEach(
        store,
        Tables.PEERS,
        (txn, key) -> {
          if (isShared(key)) {
            txn.delete(Tables.PEERS, key);
          }
        });
  }

  /** Gives a document the addresses of its peers. */
  private static void give(WriteTxn txn, byte[] document) {
    NamespaceId namespace = new NamespaceId(Bytes32.of(document, 0));
    List<EndpointId> peers = txn.get(Tables.USEFUL_PEERS, document).map(SmallRows::peers).orElse(List.of());
    for (EndpointId peer : peers) {
      txn.get(Tables.PEERS, peer.toByteArray())
          .ifPresent(row -> txn.put(Tables.PEERS, RowKeys.pair(namespace, peer.bytes()), row));
    }
  }

  private static void forEach(KeyValueStore store, Table table, BiConsumer<WriteTxn, byte[]> change) {
    byte[] from = {};
    boolean more = true;
    while (more) {
      try (WriteTxn txn = store.write()) {
        List<byte[]> keys = page(txn, table, from);
        keys.forEach(key -> change.accept(txn, key));
        txn.commit(Durability.LAZY);
        more = keys.size() == PAGE;
        from = more ? after(keys.get(PAGE - 1)) : from;
      }
    }
  }

  private static List<byte[]> page(WriteTxn txn, Table table, byte[] from) {
    List<byte[]> keys = new ArrayList<>();
    try (Cursor cursor = txn.cursor(table)) {
      for (boolean there = cursor.seekCeiling(from); there && keys.size() < PAGE; there = cursor.next()) {
        keys.add(cursor.key());
      }
    }
    return keys;
  }

  private static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}
