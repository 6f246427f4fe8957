package org.docs4j.blobs.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.StreamResetException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.wire.Hex;
import org.docs4j.blobs.TestContent;
import org.docs4j.blobs.bao.BaoCodec;
import org.docs4j.blobs.bao.ChunkRanges;
import org.docs4j.blobs.bao.RangeSpecSeq;
import org.docs4j.blobs.bao.RangeSpecSeq.Part;
import org.docs4j.blobs.net.TransferNet.Node;
import org.docs4j.blobs.proto.Codes;
import org.docs4j.blobs.wire.BlobRequest;
import org.docs4j.blobs.wire.RequestCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {
  private static final byte[] CONTENT = TestContent.ofSize(200_000);
  private static final Hash HASH = Hash.ofContent(CONTENT);

  @TempDir Path temp;
  private TransferNet net;
  private Node node;
  private Connection connection;

  @BeforeEach
  void connect() {
    net = new TransferNet(temp);
    node = net.node("node", true);
    connection = connectFrom(net.bare());
  }

  private Connection connectFrom(Endpoint endpoint) {
    return net.conditions.result("the connection", endpoint.connect(EndpointAddr.of(node.id()), Codes.ALPN));
  }

  @AfterEach
  void stopNet() {
    net.close();
  }

  private BidiStream open() {
    return net.conditions.result("the stream", connection.openBidi());
  }

  private BidiStream send(byte[] request) {
    BidiStream stream = open();
    stream.send().write(ByteBuffer.wrap(request));
    stream.send().finish();
    return stream;
  }

  private BidiStream send(BlobRequest request) {
    return send(RequestCodec.encode(request));
  }

  private byte[] readAll(BidiStream stream) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Optional<ByteBuffer> next = net.conditions.result("the answer", stream.receive().read(10_000));
    while (next.isPresent()) {
      byte[] bytes = new byte[next.get().remaining()];
      next.get().get(bytes);
      all.writeBytes(bytes);
      next = net.conditions.result("the answer", stream.receive().read(10_000));
    }
    return all.toByteArray();
  }

  private static CompletionStage<byte[]> readOn(BidiStream stream, byte[] before) {
    return stream
        .receive()
        .read(100_000)
        .thenCompose(
            bytes -> {
              if (bytes.isEmpty()) {
                return CompletableFuture.completedFuture(before);
              }
              byte[] all = Arrays.copyOf(before, before.length + bytes.get().remaining());
              bytes.get().get(all, before.length, bytes.get().remaining());
              return readOn(stream, all);
            });
  }

  private void assertReset(long code, BidiStream stream) {
    Throwable failure = net.conditions.failure("the answer", stream.receive().read(1));
    assertEquals(code, assertInstanceOf(StreamResetException.class, failure).code());
  }

  @Test
  void get_recordedRequests_areAnsweredAsARealNodeDid() {
    for (List<String> recording : TestContent.lines("recorded-0.35.txt")) {
      node.store.add(TestContent.ofSize(Integer.parseInt(recording.get(0))));
      assertEquals(recording.get(3), Hex.encode(readAll(send(Hex.decode(recording.get(2))))));
    }
  }

  @Test
  void get_unknownBlob_isResetWithThree() {
    assertReset(3, send(new BlobRequest.Get(HASH, RangeSpecSeq.blob())));
  }

  @Test
  void get_nothingWanted_isAnsweredWithNothing() {
    assertEquals(0, readAll(send(new BlobRequest.Get(HASH, RangeSpecSeq.single(ChunkRanges.none())))).length);
  }

  @Test
  void request_thatDoesNotDecode_getsAnEmptyAnswer() {
    assertEquals(0, readAll(send(new byte[] {(byte) 0xFF, 0})).length);
    assertEquals(0, readAll(send(new byte[0])).length);
    assertEquals(0, readAll(send(new byte[] {5, 1, 2, 3})).length);
  }

  @Test
  void request_tooLong_isStoppedAndGetsAnEmptyAnswer() {
    BidiStream stream = open();
    CompletionStage<Void> write = stream.send().write(ByteBuffer.allocate(RequestCodec.MAX_BYTES + 2_000_000));
    assertEquals(0, readAll(stream).length);
    Throwable failure = net.conditions.failure("the request", write);
    assertEquals(0, assertInstanceOf(StreamResetException.class, failure).code());
  }

  @Test
  void push_isRefusedAtItsFirstByte() {
    BidiStream stream = open();
    stream.send().write(ByteBuffer.wrap(RequestCodec.encode(new BlobRequest.Push(HASH, RangeSpecSeq.blob()))));
    assertReset(1, stream);
  }

  @Test
  void observe_isRefused() {
    assertReset(1, send(new BlobRequest.Observe(HASH, ChunkRanges.all())));
  }

  @Test
  void getMany_severalBlobs_comeOneAfterTheOther() {
    byte[] small = {1, 2, 3};
    Hash one = node.store.add(small).hash();
    Hash two = node.store.add(CONTENT).hash();
    RangeSpecSeq both = new RangeSpecSeq(List.of(new Part(0, ChunkRanges.all()), new Part(2, ChunkRanges.none())));
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(BaoCodec.encode(small, ChunkRanges.all()));
    expected.writeBytes(BaoCodec.encode(CONTENT, ChunkRanges.all()));
    assertArrayEquals(expected.toByteArray(), readAll(send(new BlobRequest.GetMany(List.of(one, two), both))));
    assertReset(3, send(new BlobRequest.GetMany(List.of(one, Hash.EMPTY), both)));
    RangeSpecSeq endless = new RangeSpecSeq(List.of(new Part(1, ChunkRanges.of(3, 7))));
    assertArrayEquals(
        BaoCodec.encode(CONTENT, ChunkRanges.of(3, 7)),
        readAll(send(new BlobRequest.GetMany(List.of(one, two), endless))));
  }

  @Test
  void get_listOfHashes_sendsItAndItsChildren() {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int i = 0; i < 700; i++) {
      list.writeBytes(node.store.add(TestContent.ofSize(100 * i)).hash().toByteArray());
    }
    expected.writeBytes(BaoCodec.encode(list.toByteArray(), ChunkRanges.all()));
    for (int i = 0; i < 700; i++) {
      expected.writeBytes(BaoCodec.encode(TestContent.ofSize(100 * i), ChunkRanges.all()));
    }
    Hash root = node.store.add(list.toByteArray()).hash();
    RangeSpecSeq everything = new RangeSpecSeq(List.of(new Part(0, ChunkRanges.all())));
    assertArrayEquals(expected.toByteArray(), readAll(send(new BlobRequest.Get(root, everything))));
    RangeSpecSeq onlyLast = new RangeSpecSeq(List.of(new Part(700, ChunkRanges.all())));
    assertArrayEquals(
        BaoCodec.encode(TestContent.ofSize(69_900), ChunkRanges.all()),
        readAll(send(new BlobRequest.Get(root, onlyLast))));
    assertEquals(701, node.store.collectGarbage());
    assertReset(3, send(new BlobRequest.Get(root, onlyLast)));
  }

  @Test
  void get_childrenOfABlobThatIsNoList_isResetWithThree() {
    Hash root = node.store.add(new byte[33]).hash();
    RangeSpecSeq children = new RangeSpecSeq(List.of(new Part(1, ChunkRanges.all())));
    assertReset(3, send(new BlobRequest.Get(root, children)));
  }

  @Test
  void when_aPeerAsksForMuchAtOnce_then_everythingIsAnswered() {
    node.store.add(CONTENT);
    List<CompletionStage<byte[]>> answers = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      answers.add(readOn(send(new BlobRequest.Get(HASH, RangeSpecSeq.blob())), new byte[0]));
    }
    byte[] expected = BaoCodec.encode(CONTENT, ChunkRanges.all());
    for (CompletionStage<byte[]> answer : answers) {
      assertArrayEquals(expected, net.conditions.result("an answer", answer));
    }
  }

  @Test
  void when_aPeerReadsNothing_then_itIsResetAndOthersAreServed() {
    byte[] large = TestContent.ofSize(3_000_000);
    Hash hash = node.store.add(large).hash();
    List<BidiStream> stuck = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      stuck.add(send(new BlobRequest.Get(hash, RangeSpecSeq.blob())));
    }
    connectAnother();
    assertArrayEquals(BaoCodec.encode(large, ChunkRanges.all()), readAll(send(new BlobRequest.Get(hash, RangeSpecSeq.blob()))));
    // Sixteen at a time, each until half a minute has passed without progress.
    net.sim.run(Duration.ofSeconds(150));
    for (BidiStream stream : stuck) {
      assertReset(2, stream);
    }
    assertEquals(1, node.store.collectGarbage());
  }

  private void connectAnother() {
    connection = connectFrom(net.bare());
  }

  @Test
  void when_requestsNeverEnd_then_theyAreResetAndTheNextOnesServed() {
    node.store.add(CONTENT);
    List<BidiStream> unfinished = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      BidiStream stream = open();
      stream.send().write(ByteBuffer.allocate(i * 1000 + 1));
      unfinished.add(stream);
    }
    BidiStream good = send(new BlobRequest.Get(HASH, RangeSpecSeq.blob()));
    assertArrayEquals(BaoCodec.encode(CONTENT, ChunkRanges.all()), readAll(good));
    unfinished.forEach(stream -> assertReset(2, stream));
    assertTrue(net.sim.clock().elapsed().compareTo(Duration.ofMinutes(3)) < 0);
  }

  @Test
  void when_thePeerGoesAwayMidway_then_nothingIsHeld() {
    Hash hash = node.store.add(TestContent.ofSize(3_000_000)).hash();
    BidiStream stream = send(new BlobRequest.Get(hash, RangeSpecSeq.blob()));
    net.conditions.result("the first bytes", stream.receive().read(100));
    connection.close(0, "");
    net.sim.run(Duration.ofSeconds(1));
    assertEquals(1, node.store.collectGarbage());
  }

  @Test
  void when_onePeerOpensTooManyConnections_then_theyAreClosed() {
    Endpoint greedy = net.bare();
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      connections.add(connectFrom(greedy));
    }
    net.sim.run(Duration.ofSeconds(1));
    long open = connections.stream().filter(one -> !one.closed().toCompletableFuture().isDone()).count();
    assertEquals(8, open);
    connections.forEach(one -> one.close(0, ""));
    net.sim.run(Duration.ofSeconds(1));
    connection = connectFrom(greedy);
    assertReset(3, send(new BlobRequest.Get(HASH, RangeSpecSeq.blob())));
  }

  @Test
  void close_endsConnections() {
    node.downloader.close();
    net.conditions.result("the end", connection.closed());
    Connection late = connectFrom(net.bare());
    net.conditions.result("the end", late.closed());
  }
}
