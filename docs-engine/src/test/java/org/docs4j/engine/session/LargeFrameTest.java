package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.Signature;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.wire.EntryCodec;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.engine.Heap;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.junit.jupiter.api.Test;

/** Real nodes put a whole document into one frame: it is taken as it arrives, in little memory. */
class LargeFrameTest {
  private static final int PIECE = 256 << 10;
  private static final long MOST_HEAP = 64L << 20;
  private static final Duration LIMIT = Duration.ofMinutes(30);

  /** No scalar of a signature is that large, so it is refused without any curve arithmetic. */
  private static final EntrySignature FORGED = new EntrySignature(forged(), forged());

  private final SimEnvironment sim = SimEnvironment.create();
  private final SimNetwork network = SimNetwork.virtual(sim);
  private final SyncNode node = new SyncNode(sim, network, "node", ReconcilerConfig.DEFAULT);
  private final Environment environment = sim.environment("raw");
  private final Endpoint raw = network.endpoint(EndpointSecret.random(environment.random()), environment);
  private final byte[] out = new byte[PIECE];
  private int filled;
  private final BidiStream stream = open();

  private static Signature forged() {
    byte[] bytes = new byte[64];
    Arrays.fill(bytes, (byte) 0xff);
    return Signature.of(bytes);
  }

  private static Entry entry(int number, int keyBytes) {
    byte[] key = new byte[keyBytes];
    ByteBuffer.wrap(key).putInt(number);
    return new Entry(
        new RecordIdentifier(Entries.NAMESPACE.id(), Entries.AUTHORS.get(0).id(), Key.of(key)),
        new Record(1, Hash.ofContent(new byte[] {1}), new Timestamp(1)));
  }

  private BidiStream open() {
    Connection connection = node.await(raw.connect(node.endpoint.addr(), SessionContext.ALPN).toCompletableFuture());
    return node.await(connection.openBidi().toCompletableFuture());
  }

  private void begin() {
    Part differs =
        new Part.RangeFingerprint(
            Range.all(Range.ZERO), Entries.unsigned(Entries.AUTHORS.get(0), "k", 1, "x").entry().fingerprint());
    write(
        SyncMessageCodec.encodeFrame(
            new SyncMessage.Init(Entries.NAMESPACE.id(), new RangeMessage(List.of(differs)))));
    flush();
  }

  private void write(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      int take = Math.min(bytes.length - at, PIECE - filled);
      System.arraycopy(bytes, at, out, filled, take);
      filled += take;
      at += take;
      if (filled == PIECE) {
        flush();
      }
    }
  }

  private void flush() {
    CompletableFuture<Void> written =
        stream.send().write(ByteBuffer.wrap(out, 0, filled)).toCompletableFuture();
    sim.runUntil(written::isDone, LIMIT);
    written.join();
    filled = 0;
  }

  /** The beginning of a frame with one part of so many entries. */
  private void announce(int count, long bytesOfValues) {
    byte[] head = new PostcardWriter().variant(1).count(1).variant(1).toByteArray();
    PostcardWriter ends = new PostcardWriter();
    EntryCodec.writeIdentifier(ends, Range.ZERO);
    EntryCodec.writeIdentifier(ends, Range.ZERO);
    byte[] range = ends.count(count).toByteArray();
    write(ByteBuffer.allocate(4).putInt((int) (head.length + range.length + bytesOfValues + 1)).array());
    write(head);
    write(range);
  }

  private static byte[] value(SignedEntry entry) {
    PostcardWriter writer = new PostcardWriter();
    EntryCodec.writeSignedEntry(writer, entry);
    return writer.variant(2).toByteArray();
  }

  private void end() {
    write(new byte[] {1});
    flush();
    awaitEnd();
  }

  private void awaitEnd() {
    stream.send().finish();
    sim.runUntil(() -> !node.accepted.isEmpty(), LIMIT);
  }

  @Test
  void when_oneFrameHasMoreThanHundredThousandEntries_then_theGoodOnesAreStored() {
    int count = 120_000;
    int every = 10_000;
    begin();
    byte[] forged = value(new SignedEntry(FORGED, entry(0, 20)));
    announce(count, (long) count * forged.length);
    for (int i = 0; i < count; i++) {
      boolean good = i % every == every / 2;
      Entry entry = entry(i, 20);
      SignedEntry signed =
          good ? entry.sign(Entries.NAMESPACE, Entries.AUTHORS.get(0)) : new SignedEntry(FORGED, entry);
      write(value(signed));
    }
    end();
    SessionResult result = node.accepted.get(0);
    assertTrue(result.succeeded(), () -> result.failure().toString());
    assertEquals(count / every, result.received());
    assertEquals(count - count / every, result.rejected());
    assertEquals(count / every, node.entries().size());
  }

  /** Over a link that takes seconds for the frame, so that groups are committed while it arrives. */
  @Test
  void when_allOfTwentyThousandEntriesInOneFrameAreValid_then_eachIsStoredAsItArrives() {
    int count = 20_000;
    List<SignedEntry> signed = signedAll(count, i -> i);
    long bytes = signed.stream().mapToLong(entry -> value(entry).length).sum();
    long before = Heap.used();
    begin();
    announce(count, bytes);
    for (int i = 0; i < count; i++) {
      write(value(signed.get(i)));
      if (i % (count / 8) == count / 16) {
        flush();
        sim.run(Duration.ofMillis(600));
        assertTrue(i - node.taken < 1000, "after " + i + " entries " + node.taken + " are stored");
        assertTrue(node.committed() > i - 1000, "after " + i + " entries " + node.committed() + " are committed");
        long used = Heap.used() - before;
        assertTrue(used < MOST_HEAP, "heap: " + (used >> 20) + " MiB");
      }
    }
    end();
    SessionResult result = node.accepted.get(0);
    assertTrue(result.succeeded(), () -> result.failure().toString());
    assertEquals(count, result.received());
    assertEquals(0, result.rejected());
    sim.run(Duration.ofSeconds(1));
    assertEquals(count, node.committed());
    assertEquals(signed, node.entries());
    node.assertIndexRight();
  }

  /** Entries of ours stand between those of the frame, more than one message has room for. */
  @Test
  void when_oneFrameOfTwentyThousandEntriesWantsAnAnswer_then_itGetsWhatFitsAndFingerprintsOfTheRest() {
    List<SignedEntry> ours = signedAll(8000, i -> 4 * i + 1);
    List<CompletableFuture<InsertOutcome>> stored =
        ours.stream()
            .map(entry -> node.sync.insertRemote(Entries.NAMESPACE.id(), entry, raw.id(), ContentStatus.MISSING))
            .toList();
    stored.forEach(node::await);
    List<SignedEntry> theirs = signedAll(20_000, i -> 2 * i);
    long before = Heap.used();
    begin();
    nextMessage();
    announce(theirs.size(), theirs.stream().mapToLong(entry -> value(entry).length).sum());
    theirs.forEach(entry -> write(value(entry)));
    write(new byte[] {0});
    flush();
    RangeMessage answer = nextMessage();
    long used = Heap.used() - before;
    assertTrue(used < MOST_HEAP, "heap: " + (used >> 20) + " MiB");
    assertAnswered(ours, answer);
    write(SyncMessageCodec.encodeFrame(new SyncMessage.Sync(RangeMessage.EMPTY)));
    flush();
    stream.send().finish();
    awaitEnd();
    SessionResult result = node.accepted.get(0);
    assertTrue(result.succeeded(), () -> result.failure().toString());
    assertEquals(theirs.size(), result.received());
    assertEquals(answer.valueCount(), result.sent());
    Stream<SignedEntry> all = Stream.concat(ours.stream(), theirs.stream());
    assertEquals(all.sorted(Comparator.comparing(SignedEntry::id)).toList(), node.entries());
    node.assertIndexRight();
  }

  private static List<SignedEntry> signedAll(int count, IntUnaryOperator number) {
    List<Entry> entries = IntStream.range(0, count).mapToObj(i -> entry(number.applyAsInt(i), 20)).toList();
    return Entry.signAll(entries, Entries.NAMESPACE, Entries.AUTHORS.get(0));
  }

  /** The first of our entries, in order, about as many as there is room for; ranges with the fingerprints of the others. */
  private void assertAnswered(List<SignedEntry> ours, RangeMessage answer) {
    List<SignedEntry> sent = new ArrayList<>();
    List<Part.RangeFingerprint> rest = new ArrayList<>();
    for (Part part : answer.parts()) {
      if (part instanceof Part.RangeItem items) {
        assertTrue(items.haveLocal(), "what answers wants no answer");
        items.values().forEach(value -> sent.add(value.entry()));
      } else {
        rest.add((Part.RangeFingerprint) part);
      }
    }
    assertEquals(ours.subList(0, sent.size()), sent);
    int bytes = SyncMessageCodec.encodeFrame(new SyncMessage.Sync(answer)).length;
    assertTrue(bytes > 900_000 && bytes < (1 << 20) + 1000, "bytes: " + bytes);
    List<SignedEntry> all = node.entries();
    for (Part.RangeFingerprint part : rest) {
      Fingerprint expected = Fingerprint.EMPTY_SET;
      for (SignedEntry entry : all) {
        expected = part.range().contains(entry.id()) ? expected.xor(entry.entry().fingerprint()) : expected;
      }
      assertEquals(expected, part.fingerprint());
    }
    List<SignedEntry> left = ours.subList(sent.size(), ours.size());
    assertTrue(left.stream().allMatch(entry -> rest.stream().anyMatch(part -> part.range().contains(entry.id()))));
  }

  /** What the node says next. */
  private RangeMessage nextMessage() {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    while (true) {
      ByteBuffer frame = ByteBuffer.wrap(received.toByteArray());
      if (frame.remaining() >= 4 && frame.getInt() == frame.remaining()) {
        byte[] body = new byte[frame.remaining()];
        frame.get(body);
        return ((SyncMessage.Sync) SyncMessageCodec.decode(body)).message();
      }
      var read = stream.receive().read(1 << 16).toCompletableFuture();
      sim.runUntil(read::isDone, LIMIT);
      byte[] bytes = new byte[read.join().orElseThrow().remaining()];
      read.join().orElseThrow().get(bytes);
      received.writeBytes(bytes);
    }
  }

  @Test
  void when_oneFrameHas300Megabytes_then_memoryStaysSmall() {
    int keyBytes = 100_000;
    byte[] forged = value(new SignedEntry(FORGED, entry(0, keyBytes)));
    int count = (300 << 20) / forged.length;
    long before = Heap.used();
    begin();
    announce(count, (long) count * forged.length);
    for (int i = 0; i < count; i++) {
      write(forged);
      if (i % (count / 4) == count / 8) {
        long used = Heap.used() - before;
        assertTrue(used < MOST_HEAP, "heap: " + (used >> 20) + " MiB");
      }
    }
    end();
    assertTrue(node.accepted.get(0).succeeded(), () -> node.accepted.get(0).failure().toString());
    assertEquals(count, node.accepted.get(0).rejected());
  }

  /** Real nodes keep entries with keys of any length; nothing of them is kept here, nor do the others suffer. */
  @Test
  void when_oneKeyHas300Megabytes_then_memoryStaysSmallAndTheOthersAreStored() {
    SignedEntry first = entry(1, 20).sign(Entries.NAMESPACE, Entries.AUTHORS.get(0));
    SignedEntry second = entry(2, 20).sign(Entries.NAMESPACE, Entries.AUTHORS.get(0));
    byte[] good = value(first);
    int keyBytes = 300 << 20;
    byte[] beginning = new PostcardWriter().fixed(new byte[128]).count(64 + keyBytes).fixed(new byte[64]).toByteArray();
    PostcardWriter record = new PostcardWriter();
    EntryCodec.writeRecord(record, first.record());
    byte[] rest = record.variant(2).toByteArray();
    long before = Heap.used();
    begin();
    announce(3, 2L * good.length + beginning.length + keyBytes + rest.length);
    write(good);
    write(beginning);
    byte[] key = new byte[1 << 20];
    for (int i = 0; i < keyBytes / key.length; i++) {
      write(key);
      if (i % 100 == 90) {
        long used = Heap.used() - before;
        assertTrue(used < MOST_HEAP, "heap: " + (used >> 20) + " MiB");
      }
    }
    write(rest);
    write(value(second));
    end();
    SessionResult result = node.accepted.get(0);
    assertTrue(result.succeeded(), () -> result.failure().toString());
    assertEquals(2, result.received());
    assertEquals(1, result.rejected());
    assertEquals(List.of(first, second), node.entries());
  }

  @Test
  void when_largeFrameDripsIn_then_itIsGivenUpInTime() {
    begin();
    announce(1000, 500L << 20);
    flush();
    long begun = environment.ticker().nanos();
    while (node.accepted.isEmpty()) {
      stream.send().write(ByteBuffer.wrap(new byte[1]));
      sim.run(Duration.ofSeconds(10));
      assertTrue(environment.ticker().since(begun).compareTo(Duration.ofMinutes(2)) < 0, "still waiting");
    }
    assertTrue(
        node.accepted.get(0).failure().orElseThrow().getMessage().contains("no progress")
            || node.accepted.get(0).failure().orElseThrow().getMessage().contains("bytes a second"));
  }

  @Test
  void when_frameIsLongerThanAGibibyte_then_itIsRefusedAtOnce() {
    begin();
    write(ByteBuffer.allocate(4).putInt((1 << 30) + 1).array());
    flush();
    sim.runUntil(() -> !node.accepted.isEmpty(), LIMIT);
    assertTrue(node.accepted.get(0).failure().orElseThrow().getMessage().contains("1073741825 bytes"));
  }

  @Test
  void when_frameBreaksInTheMiddle_then_whatCameBeforeIsKeptAndCounted() {
    begin();
    byte[] good = value(entry(1, 20).sign(Entries.NAMESPACE, Entries.AUTHORS.get(0)));
    byte[] forged = value(new SignedEntry(FORGED, entry(0, 20)));
    announce(1000, 1000L * forged.length);
    write(good);
    for (int i = 0; i < 600; i++) {
      write(forged);
    }
    byte[] broken = forged.clone();
    Arrays.fill(broken, 128, broken.length, (byte) 0xff);
    write(broken);
    flush();
    sim.runUntil(() -> !node.accepted.isEmpty(), LIMIT);
    SessionResult result = node.accepted.get(0);
    assertTrue(!result.succeeded());
    assertEquals(1, result.received());
    assertEquals(1, node.entries().size());
  }
}
