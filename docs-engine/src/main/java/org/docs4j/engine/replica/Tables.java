package org.docs4j.engine.replica;

import java.util.List;
import org.docs4j.api.spi.store.Table;

/** The tables of a replica store; their numbers are part of the stored format and never change. */
final class Tables {
  /** Format of the store. */
  static final Table META = new Table(0, "meta");

  /** Namespace: the capability. */
  static final Table NAMESPACES = new Table(1, "namespaces");

  /** Author: the secret. */
  static final Table AUTHORS = new Table(2, "authors");

  /** Namespace, author, key: the record, see {@link RecordRow}. */
  static final Table RECORDS = new Table(3, "records");

  /** Namespace, escaped key, author: nothing; see {@link RowKeys#byKey}. */
  static final Table BY_KEY = new Table(4, "by-key");

  /** Namespace, author: the newest timestamp and a mark, see {@link Heads}. */
  static final Table HEADS = new Table(5, "heads");

  /** Namespace, number: a node or a separator of the range index. */
  static final Table INDEX = new Table(6, "index");

  /** Chain number, segment: what does not fit into one key, see {@link LongKeys}. */
  static final Table CHAINS = new Table(7, "chains");

  /** Namespace: the ids of the useful peers, the best first. */
  static final Table USEFUL_PEERS = new Table(8, "useful-peers");

  /** Namespace, useful peer: its last known addresses; up to format 2 any peer, see {@link SharedPeerRows}. */
  static final Table PEERS = new Table(9, "peers");

  /** Namespace: the download policy. */
  static final Table POLICIES = new Table(10, "policies");

  /** Namespace, hash: nothing; content that is still to be fetched. */
  static final Table WANTED = new Table(11, "wanted");

  /** Namespace: nothing; the document was syncing. */
  static final Table SYNCING = new Table(12, "syncing");

  /** All of them. */
  static final List<Table> ALL =
      List.of(
          META, NAMESPACES, AUTHORS, RECORDS, BY_KEY, HEADS, INDEX, CHAINS, USEFUL_PEERS, PEERS, POLICIES, WANTED,
          SYNCING);

  private Tables() {}
}
