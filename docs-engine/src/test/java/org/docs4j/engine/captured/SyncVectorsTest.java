package org.docs4j.engine.captured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.docs4j.api.AbortReason;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.wire.AuthorHeadsCodec;
import org.docs4j.api.wire.EntryCodec;
import org.docs4j.api.wire.Hex;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.Reconciler;
import org.docs4j.engine.ranger.StoredReplica;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages, whole sessions and heads as an independent program computed them, from our replica store. */
class SyncVectorsTest {
  private static final NamespaceSecret NAMESPACE = NamespaceSecret.parse(Vectors.text("keys", "namespace", "secret"));
  private static final Author AUTHOR = Author.parse(Vectors.text("keys", "author", "secret"));
  private static final Author AUTHOR_2 = Author.parse(Vectors.text("keys", "author2", "secret"));
  private static final long START = 1_700_000_000_000_000L;

  private static final SignedEntry HELLO = signed("entry_hello");
  private static final SignedEntry HELLO_2 = signed("entry_hello2");

  private final Reconciler reconciler = new Reconciler(NAMESPACE.id(), RecordedNode.REFERENCE);

  private static SignedEntry entry(Author author, String key, long micros, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Record record = new Record(bytes.length, Hash.ofContent(bytes), new Timestamp(micros));
    return new Entry(new RecordIdentifier(NAMESPACE.id(), author.id(), Key.of(key)), record).sign(NAMESPACE, author);
  }

  private static SignedEntry signed(String name) {
    return EntryCodec.readSignedEntry(new PostcardReader(Hex.decode(Vectors.text(name, "signed_entry_postcard"))));
  }

  private static StoredReplica replica(List<SignedEntry> entries) {
    StoredReplica replica = new StoredReplica(NAMESPACE.id());
    entries.forEach(entry -> assertTrue(replica.put(entry).isEmpty()));
    return replica;
  }

  private static String hex(SyncMessage message) {
    return Hex.encode(SyncMessageCodec.encodeFrame(message));
  }

  @Test
  void initial_ofReplicas_areTheVectors() {
    List<SignedEntry> both = List.of(HELLO, HELLO_2);
    List<String> names = List.of("init_empty_replica", "init_replica_{hello}", "init_replica_{hello,hello2}");
    for (int size = 0; size < names.size(); size++) {
      try (StoredReplica replica = replica(both.subList(0, size))) {
        SyncMessage init = new SyncMessage.Init(NAMESPACE.id(), reconciler.initial(replica.view()));
        assertEquals(Vectors.text("sync_frames", names.get(size), "hex"), hex(init));
      }
    }
  }

  @Test
  void handle_fingerprintOfNothing_isAnsweredWithTheVector() {
    try (StoredReplica replica = replica(List.of(HELLO))) {
      Part asks = new Part.RangeFingerprint(Range.all(HELLO.id()), Fingerprint.EMPTY_SET);
      assertEquals(
          Vectors.text("sync_frames", "sync_one_range_item", "hex"),
          hex(answer(replica, new RangeMessage(List.of(asks)))));
    }
  }

  /** All content is complete in the vectors. */
  private SyncMessage answer(StoredReplica replica, RangeMessage message) {
    RangeMessage answer = reconciler.handle(message, replica.view(), replica);
    List<Part.Value> complete = new ArrayList<>();
    for (Part part : answer.parts()) {
      if (part instanceof Part.RangeItem item) {
        item.values().forEach(value -> complete.add(new Part.Value(value.entry(), ContentStatus.COMPLETE)));
      }
    }
    return new SyncMessage.Sync(RecordedNode.Answers.withStatus(answer, complete));
  }

  @ParameterizedTest
  @CsvSource({
    "abort_not_found, NOT_FOUND",
    "abort_already_syncing, ALREADY_SYNCING",
    "abort_internal_server_error, INTERNAL_SERVER_ERROR"
  })
  void encodeFrame_aborts_areTheVectors(String name, AbortReason reason) {
    assertEquals(Vectors.text("sync_frames", name), hex(new SyncMessage.Abort(reason)));
  }

  @Test
  void encodeFrame_messageWithoutParts_isTheVector() {
    assertEquals(
        Vectors.text("sync_frames", "sync_empty_parts", "hex"), hex(new SyncMessage.Sync(RangeMessage.EMPTY)));
  }

  @Test
  void handle_transcript_isReproduced() {
    List<SignedEntry> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String key = "abcdef".substring(i, i + 1);
      all.add(entry(i == 5 ? AUTHOR_2 : AUTHOR, key, START + i, "v" + key));
    }
    List<SignedEntry> aliceStart = all.subList(0, 4);
    List<SignedEntry> bobStart = List.of(all.get(1), all.get(2), all.get(4), all.get(5));
    assertEquals(Vectors.texts("sync_transcript", "alice_start"), ids(aliceStart));
    assertEquals(Vectors.texts("sync_transcript", "bob_start"), ids(bobStart));
    try (StoredReplica alice = replica(aliceStart);
        StoredReplica bob = replica(bobStart)) {
      SyncMessage next = new SyncMessage.Init(NAMESPACE.id(), reconciler.initial(alice.view()));
      List<String> frames = Vectors.frames("sync_transcript", "messages");
      assertEquals(5, frames.size());
      for (int i = 0; i < frames.size(); i++) {
        assertEquals(frames.get(i), hex(next), "message " + i);
        next = answer(i % 2 == 0 ? bob : alice, Recordings.parts(next));
      }
      assertEquals(RangeMessage.EMPTY, Recordings.parts(next));
      String end = Vectors.text("sync_transcript", "final_fingerprint");
      for (StoredReplica replica : List.of(alice, bob)) {
        Part.RangeFingerprint sum = (Part.RangeFingerprint) reconciler.initial(replica.view()).parts().get(0);
        assertEquals(end, sum.fingerprint().toString());
      }
    }
  }

  private static List<String> ids(List<SignedEntry> entries) {
    return entries.stream().map(entry -> Bytes.of(entry.id().encode()).toString()).toList();
  }

  @Test
  void put_tombstone_removesWhatItIsAPrefixOf() {
    SignedEntry tombstone = signed("entry_tombstone_hel");
    try (StoredReplica replica = replica(List.of(HELLO, HELLO_2, tombstone))) {
      assertEquals(List.of(tombstone), replica.all());
      assertTrue(Stream.of(HELLO, HELLO_2).allMatch(entry -> replica.put(entry).isPresent()));
      assertEquals(List.of(tombstone), replica.all());
    }
  }

  @Test
  void heads_ofReplica_areTheVector() {
    try (StoredReplica replica = replica(List.of(HELLO, entry(AUTHOR_2, "x", START + 7, "x")))) {
      assertEquals(
          Vectors.text("author_heads", "encoded"), Hex.encode(AuthorHeadsCodec.encode(replica.heads(), 4096)));
    }
  }
}
