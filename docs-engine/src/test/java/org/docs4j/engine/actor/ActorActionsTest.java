package org.docs4j.engine.actor;

import static org.docs4j.engine.actor.ActorCase.AUTHOR;
import static org.docs4j.engine.actor.ActorCase.CONTENT;
import static org.docs4j.engine.actor.ActorCase.DOC;
import static org.docs4j.engine.actor.ActorCase.OTHER;
import static org.docs4j.engine.actor.ActorCase.SECRET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.docs4j.api.AuthorNotFoundException;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.Query;
import org.docs4j.api.ReadOnlyReplicaException;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.ReplicaNotFoundException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.model.ValidationFailure;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.replica.KeyValueReplicaStore;
import org.docs4j.engine.replica.ReplicaReader;
import org.junit.jupiter.api.Test;

/** Each action of the sync actor; see the package's page for the list. */
class ActorActionsTest {
  private final ActorCase node = new ActorCase(Slice.STEPS);
  private final SyncHandle sync = node.sync;

  private static EndpointId peer(int number) {
    byte[] seed = new byte[32];
    seed[0] = (byte) number;
    return EndpointSecret.of(seed).id();
  }

  private static SignedEntry entry(String key, long micros) {
    return entry(AUTHOR, key, micros);
  }

  private static SignedEntry entry(Author author, String key, long micros) {
    RecordIdentifier id = new RecordIdentifier(DOC, author.id(), Key.of(key));
    return new Entry(id, new Record(1, CONTENT, new Timestamp(micros))).sign(SECRET, author);
  }

  @Test
  void authors_importedExportedListedAndDeleted() {
    byte[] seed = new byte[32];
    seed[5] = 7;
    Author author = Author.of(seed);
    assertEquals(Optional.empty(), node.await(sync.exportAuthor(author.id())));
    assertEquals(author.id(), node.await(sync.importAuthor(author)));
    node.crash();
    assertEquals(author.id(), node.await(node.sync.exportAuthor(author.id())).orElseThrow().id());
    List<AuthorId> all = new ArrayList<>(Entries.AUTHORS.stream().map(Author::id).toList());
    all.add(author.id());
    all.sort(null);
    assertEquals(all, node.await(node.sync.listAuthors()));
    assertEquals(author.id(), node.await(node.sync.deleteAuthor(author.id())));
    assertInstanceOf(AuthorNotFoundException.class, node.failure(node.sync.deleteAuthor(author.id())));
    assertEquals(3, node.await(node.sync.listAuthors()).size());
  }

  @Test
  void importNamespace_ofWhatIsKept_upgradesOnly() {
    NamespaceSecret secret = NamespaceSecret.of(new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9,
      9, 9, 9, 9, 9, 9, 9, 9});
    Capability read = new Capability.Read(secret.id());
    assertEquals(read, node.await(sync.importNamespace(read)));
    assertInstanceOf(ReadOnlyReplicaException.class, node.failure(sync.exportSecretKey(secret.id())));
    assertInstanceOf(Capability.Write.class, node.await(sync.importNamespace(new Capability.Write(secret))));
    assertInstanceOf(Capability.Write.class, node.await(sync.importNamespace(read)));
    assertEquals(secret.id(), node.await(sync.exportSecretKey(secret.id())).id());
    assertEquals(3, node.await(sync.listReplicas()).size());
    node.crash();
    assertInstanceOf(Capability.Write.class, node.await(node.sync.capability(secret.id())));
  }

  @Test
  void open_severalTimes_staysOpenUntilEachHandleIsGivenBack() {
    ReplicaHandle first = node.await(sync.open(DOC, OpenOptions.DEFAULT));
    ReplicaHandle second = node.await(sync.open(DOC, OpenOptions.SYNC));
    assertEquals(new ReplicaState(3, true, 0), node.await(sync.state(DOC)));
    assertFalse(node.await(sync.close(first)));
    assertFalse(node.await(sync.close(first)));
    assertEquals(new ReplicaState(2, true, 0), node.await(sync.state(DOC)));
    assertFalse(node.await(sync.close(second)));
    node.await(node.insert(DOC, "still open"));
    assertTrue(node.await(sync.close(new ReplicaHandle(DOC, 1))));
    assertInstanceOf(ReplicaClosedException.class, node.failure(sync.state(DOC)));
    ReplicaHandle again = node.await(sync.open(DOC, OpenOptions.DEFAULT));
    assertEquals(new ReplicaState(1, false, 0), node.await(sync.state(DOC)));
    assertFalse(node.await(sync.close(second)));
    assertTrue(node.await(sync.close(again)));
  }

  @Test
  void closedReplica_refusesWhatNeedsItOpenAndNothingElse() {
    node.await(node.insert(DOC, "k"));
    node.await(sync.close(new ReplicaHandle(DOC, 1)));
    for (var refused :
        List.of(
            node.insert(DOC, "l"),
            sync.deletePrefix(DOC, AUTHOR.id(), Key.of("k")),
            sync.insertRemote(DOC, entry("r", 5), peer(1), ContentStatus.MISSING),
            sync.initialMessage(DOC, true),
            sync.takePieces(DOC, sync.beginExchange(DOC), new CheckedPieces(List.of(), new BitSet()), peer(1), true),
            sync.getExact(DOC, AUTHOR.id(), Key.of("k"), false),
            sync.held(DOC, List.of()),
            sync.getPage(DOC, Query.all(), Optional.empty(), 1),
            sync.count(DOC),
            sync.subscribe(DOC, event -> {}),
            sync.unsubscribe(DOC, event -> {}))) {
      assertInstanceOf(ReplicaClosedException.class, node.failure(refused));
    }
    node.await(sync.downloadPolicy(DOC));
    node.await(sync.heads(DOC, Integer.MAX_VALUE));
    node.await(sync.setSync(DOC, false));
    assertInstanceOf(
        ReplicaNotFoundException.class, node.failure(sync.open(peerAsDocument(), OpenOptions.DEFAULT)));
    assertInstanceOf(ReplicaNotFoundException.class, node.failure(sync.count(peerAsDocument())));
  }

  private static NamespaceId peerAsDocument() {
    return new NamespaceId(peer(77).bytes());
  }

  @Test
  void drop_ofAnOpenReplica_closesAllHandles() {
    assertEquals(DOC, node.await(sync.drop(DOC)));
    assertInstanceOf(ReplicaNotFoundException.class, node.failure(sync.state(DOC)));
    assertInstanceOf(ReplicaNotFoundException.class, node.failure(sync.drop(DOC)));
    node.await(sync.importNamespace(new Capability.Write(SECRET)));
    assertInstanceOf(ReplicaClosedException.class, node.failure(node.insert(DOC, "k")));
    node.await(sync.open(DOC, OpenOptions.DEFAULT));
    assertFalse(node.await(sync.close(new ReplicaHandle(DOC, 1))));
    assertEquals(0L, node.await(sync.count(DOC)));
  }

  @Test
  void setSync_isRememberedAndNeededToBeginASession() {
    assertInstanceOf(ReplicaClosedException.class, node.failure(sync.initialMessage(DOC, true)));
    node.await(sync.setSync(DOC, true));
    assertEquals(1, node.await(sync.initialMessage(DOC, true)).parts().size());
    assertTrue(node.await(sync.state(DOC)).sync());
    assertEquals(List.of(DOC), node.await(sync.syncing()));
    node.await(sync.open(OTHER, OpenOptions.SYNC));
    assertEquals(Set.of(DOC, OTHER), Set.copyOf(node.await(sync.syncing())));
    node.await(sync.setSync(DOC, false));
    assertInstanceOf(ReplicaClosedException.class, node.failure(sync.initialMessage(DOC, true)));
    node.await(sync.flush());
    node.crash();
    assertEquals(List.of(OTHER), node.await(node.sync.syncing()));
  }

  @Test
  void subscribers_areToldInOrderUntilTheyEndOrThrow() {
    List<ReplicaEvent> first = new ArrayList<>();
    List<ReplicaEvent> second = new ArrayList<>();
    Consumer<ReplicaEvent> throwing =
        event -> {
          throw new IllegalStateException("a mistake of a subscriber");
        };
    Consumer<ReplicaEvent> adding = second::add;
    ReplicaHandle handle = node.await(sync.open(DOC, new OpenOptions(false, Optional.of(first::add))));
    assertTrue(node.await(sync.subscribe(DOC, throwing)));
    assertTrue(node.await(sync.subscribe(DOC, adding)));
    assertFalse(node.await(sync.subscribe(DOC, adding)));
    assertEquals(new ReplicaState(2, false, 3), node.await(sync.state(DOC)));
    node.await(node.insert(DOC, "a"));
    node.await(node.insert(OTHER, "not of this one"));
    assertEquals(new ReplicaState(2, false, 2), node.await(sync.state(DOC)));
    assertTrue(node.await(sync.unsubscribe(DOC, adding)));
    assertFalse(node.await(sync.unsubscribe(DOC, adding)));
    node.await(sync.insertRemote(DOC, entry("b", 5), peer(1), ContentStatus.COMPLETE));
    node.await(sync.close(handle));
    node.await(node.insert(DOC, "c"));
    assertEquals(List.of("a", "b", "c"), first.stream().map(e -> e.entry().id().key().toString()).toList());
    assertEquals(List.of("a"), second.stream().map(e -> e.entry().id().key().toString()).toList());
  }

  @Test
  void entries_writtenDeletedFoundAndCounted() {
    node.await(node.insert(DOC, "a"));
    node.await(node.insert(DOC, "ab"));
    assertEquals(2L, node.await(sync.count(DOC)));
    assertEquals(2, node.await(sync.getPage(DOC, Query.all(), Optional.empty(), 9)).size());
    assertEquals(1, node.await(sync.deletePrefix(DOC, AUTHOR.id(), Key.of("ab"))).removed());
    assertEquals(Optional.empty(), node.await(sync.getExact(DOC, AUTHOR.id(), Key.of("ab"), false)));
    assertTrue(node.await(sync.getExact(DOC, AUTHOR.id(), Key.of("ab"), true)).orElseThrow().isEmpty());
    assertEquals(1, node.await(sync.getPage(DOC, Query.all(), Optional.empty(), 9)).size());
    assertEquals(Set.of(CONTENT), node.await(sync.contentHashes()));
  }

  @Test
  void insertRemote_checksStoresAndTellsWhetherContentIsWanted() {
    node.await(sync.setDownloadPolicy(DOC, new DownloadPolicy.EverythingExcept(
        List.of(new DownloadPolicy.Filter.Prefix(Key.of("no"))))));
    SignedEntry wanted = entry("yes", 5);
    assertEquals(
        new InsertOutcome.Inserted(0), node.await(sync.insertRemote(DOC, wanted, peer(1), ContentStatus.COMPLETE)));
    node.await(sync.insertRemote(DOC, entry("no", 6), peer(1), ContentStatus.MISSING));
    assertInstanceOf(
        InsertOutcome.Obsolete.class, node.await(sync.insertRemote(DOC, wanted, peer(1), ContentStatus.MISSING)));
    Timestamp late = node.sim.environment("node").clock().now().plus(Duration.ofMinutes(11));
    assertEquals(
        new InsertOutcome.Invalid(ValidationFailure.TOO_FAR_IN_FUTURE),
        node.await(sync.insertRemote(DOC, entry("late", late.micros()), peer(1), ContentStatus.MISSING)));
    assertEquals(
        List.of(true, false), node.events.stream().map(event -> ((ReplicaEvent.Remote) event).wanted()).toList());
    assertEquals(List.of(CONTENT), node.await(sync.wanted(DOC, 9)));
    node.await(sync.contentArrived(DOC, CONTENT));
    assertEquals(List.of(), node.await(sync.wanted(DOC, 9)));
  }

  @Test
  void session_beginsAndAnswers() {
    node.await(sync.setSync(DOC, true));
    node.await(node.insert(DOC, "ours"));
    RangeMessage first = node.await(sync.initialMessage(DOC, true));
    assertInstanceOf(Part.RangeFingerprint.class, first.parts().get(0));
    SignedEntry theirs = entry("theirs", 5);
    Piece items =
        new Piece.Items(
            Range.all(Range.ZERO), List.of(new Part.Value(theirs, ContentStatus.MISSING)), true, false);
    TakenPieces taken =
        node.await(
            sync.takePieces(
                DOC, sync.beginExchange(DOC), new CheckedPieces(List.of(items), new BitSet()), peer(1), true));
    assertEquals(1, taken.stored());
    Part.RangeItem answer = (Part.RangeItem) taken.reply().parts().get(0);
    assertEquals(Key.of("ours"), answer.values().get(0).entry().id().key());
    assertEquals(2L, node.await(sync.count(DOC)));
  }

  @Test
  void held_tellsOnlyWhatIsStoredJustAsItIs() {
    SignedEntry stored = entry("k", 50);
    node.await(sync.insertRemote(DOC, stored, peer(1), ContentStatus.MISSING));
    SignedEntry forged = new SignedEntry(entry("k", 51).signature(), stored.entry());
    List<SignedEntry> asked = List.of(entry("k", 49), forged, stored, entry("l", 50), entry("k", 51));
    BitSet expected = new BitSet();
    expected.set(2);
    assertEquals(expected, node.await(sync.held(DOC, asked)));
  }

  @Test
  void heads_ofFewerAuthorsThanThereAre_areTheNewestOnesAndOfEqualOnesTheFirst() {
    List<Author> authors = Entries.AUTHORS.subList(0, 3).stream().sorted(Comparator.comparing(Author::id)).toList();
    long[] times = {7, 9, 7};
    for (int i = 0; i < times.length; i++) {
      SignedEntry entry = entry(authors.get(i), "k", times[i]);
      node.await(sync.insertRemote(DOC, entry, peer(1), ContentStatus.MISSING));
    }
    Map<AuthorId, Timestamp> newest = Map.of(authors.get(1).id(), new Timestamp(9));
    Map<AuthorId, Timestamp> two = Map.of(authors.get(0).id(), new Timestamp(7), authors.get(1).id(), new Timestamp(9));
    assertEquals(Map.of(), node.await(sync.heads(DOC, 0)).heads());
    assertEquals(newest, node.await(sync.heads(DOC, 1)).heads());
    assertEquals(two, node.await(sync.heads(DOC, 2)).heads());
    assertEquals(3, node.await(sync.heads(DOC, 3)).heads().size());
  }

  @Test
  void hasNewsForUs_countsAuthorsWithSomethingNewer() {
    node.await(sync.insertRemote(DOC, entry("k", 50), peer(1), ContentStatus.MISSING));
    AuthorHeads ours = node.await(sync.heads(DOC, Integer.MAX_VALUE));
    assertEquals(Map.of(AUTHOR.id(), new Timestamp(50)), ours.heads());
    assertEquals(0, node.await(sync.hasNewsForUs(DOC, ours)));
    AuthorId unknown = Entries.AUTHORS.get(1).id();
    AuthorHeads theirs =
        AuthorHeads.of(Map.of(AUTHOR.id(), new Timestamp(51), unknown, new Timestamp(1)));
    assertEquals(2, node.await(sync.hasNewsForUs(DOC, theirs)));
  }

  @Test
  void downloadPolicy_isDurableWhenItIsAnswered() {
    assertEquals(DownloadPolicy.everything(), node.await(sync.downloadPolicy(DOC)));
    node.await(sync.setDownloadPolicy(DOC, DownloadPolicy.nothing()));
    node.crash();
    assertEquals(DownloadPolicy.nothing(), node.await(node.sync.downloadPolicy(DOC)));
  }

  @Test
  void flush_makesEverythingBeforeItDurable() {
    node.await(node.insert(DOC, "kept"));
    node.await(sync.flush());
    node.await(node.insert(DOC, "lost"));
    node.crash();
    try (ReplicaReader reader = KeyValueReplicaStore.open(node.store).read()) {
      assertEquals(1, reader.count(DOC));
    }
  }

  @Test
  void shutdown_commitsClosesAndRefusesEverythingElse() {
    node.await(node.insert(DOC, "kept"));
    assertTrue(node.await(sync.shutdown()));
    assertTrue(node.await(sync.shutdown()));
    assertTrue(node.store.isClosed());
    assertInstanceOf(ReplicaClosedException.class, node.failure(sync.flush()));
    try (ReplicaReader reader = KeyValueReplicaStore.open(node.store).read()) {
      assertEquals(1, reader.count(DOC));
    }
  }
}
