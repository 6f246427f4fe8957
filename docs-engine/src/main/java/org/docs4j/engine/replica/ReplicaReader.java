package org.docs4j.engine.replica;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.Query;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.engine.ranger.RangeView;

/** A consistent view of all replicas of a node; used by one thread at a time. */
public interface ReplicaReader extends AutoCloseable {
  /** What the node may do with a document, if it keeps it. */
  Optional<Capability> capability(NamespaceId namespace);

  /** The capabilities of all documents, in order of their ids. */
  List<Capability> capabilities();

  /** An author's secret, if it is kept. */
  Optional<Author> author(AuthorId author);

  /** All authors whose secrets are kept, in order. */
  List<AuthorId> authors();

  /** The entry with an identifier, a tombstone as well. */
  Optional<SignedEntry> get(RecordIdentifier id);

  /**
   * The next page of a query's results, which is also full once its rows take about 1 MiB.
   *
   * @param from where the page before ended; without it the first page, for which the query's offset is passed over; the
   *     query's limit is the caller's to count over the pages
   * @param max how many entries at most, from 1
   * @param pause asked for each record that is looked at whether to end the page with it, however few entries it has and
   *     also between two authors at a key
   */
  Page page(NamespaceId namespace, Query query, Optional<PageMark> from, int max, BooleanSupplier pause);

  /** The next entries of a query behind the given one, the first ones without it; none if there are no more. */
  default List<SignedEntry> page(NamespaceId namespace, Query query, Optional<RecordIdentifier> after, int max) {
    return page(namespace, query, after.map(id -> new PageMark(id, 0)), max, () -> false).entries();
  }

  /** The entries of a document for reconciliation. */
  RangeView range(NamespaceId namespace);

  /** How many entries a document has, tombstones included. */
  long count(NamespaceId namespace);

  /**
   * Passes the newest timestamp of each author of a document to the sink, in the order of the authors.
   *
   * @param after the author at which the call before paused; without one from the first on
   * @param pause asked after each author whether to go on another time
   * @return the last author that was passed on, if the call paused
   */
  Optional<AuthorId> heads(
      NamespaceId namespace, Optional<AuthorId> after, BooleanSupplier pause, BiConsumer<AuthorId, Timestamp> sink);

  /** The newest timestamp of each author of a document. */
  default AuthorHeads heads(NamespaceId namespace) {
    Map<AuthorId, Timestamp> heads = new LinkedHashMap<>();
    heads(namespace, Optional.empty(), () -> false, heads::put);
    return AuthorHeads.of(heads);
  }

  /**
   * The newest timestamp that a local write must exceed: of any author's entry at the key and of the author's own entries
   * at prefixes of the key.
   *
   * @param from what the call before found, if it paused; at first {@link NewestAround#NONE}
   * @param pause asked after each author whether to go on another time
   */
  NewestAround newestAround(RecordIdentifier id, NewestAround from, BooleanSupplier pause);

  /** The same at one go. */
  default Optional<Timestamp> newestAround(RecordIdentifier id) {
    return newestAround(id, NewestAround.NONE, () -> false).newest();
  }

  /** The newest timestamp of any entry that a document has ever had of an author. */
  Optional<Timestamp> head(NamespaceId namespace, AuthorId author);

  /** The peers of a document that are remembered, the best first, at most five (WIRE 9). */
  List<EndpointId> usefulPeers(NamespaceId namespace);

  /** The last known addresses of a peer of a document that is remembered. */
  Optional<EndpointAddr> peer(NamespaceId namespace, EndpointId peer);

  /** Which content of a document is fetched by itself. */
  DownloadPolicy policy(NamespaceId namespace);

  /**
   * Passes the content of a document that is still to be fetched to the sink, in the order of the hashes.
   *
   * @param after the hash at which the call before paused; without one from the first on
   * @param pause asked after each hash whether to go on another time
   * @return the last hash that was passed on, if the call paused
   */
  Optional<Hash> wanted(NamespaceId namespace, Optional<Hash> after, BooleanSupplier pause, Consumer<Hash> sink);

  /** Content of a document that is still to be fetched, in the order of the hashes, at most so many. */
  default List<Hash> wanted(NamespaceId namespace, int max) {
    List<Hash> wanted = new ArrayList<>();
    if (max > 0) {
      wanted(namespace, Optional.empty(), () -> wanted.size() >= max, wanted::add);
    }
    return wanted;
  }

  /** Documents that were syncing, in order; they sync again after a restart if the application wants that. */
  List<NamespaceId> syncing();

  /** What was begun and is to be finished before anything else on these documents. */
  List<Unfinished> unfinished();

  /** Passes the content hash of every entry with content, of all documents, to the sink; may repeat. */
  void contentHashes(Consumer<Hash> sink);

  /** Gives the view up. Idempotent. */
  @Override
  void close();
}
