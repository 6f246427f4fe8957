package org.docs4j.blobs.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.BlobException;
import org.docs4j.api.BlobNotFoundException;
import org.docs4j.api.ContentMismatchException;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.BlobStatus;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.blobs.TestContent;
import org.docs4j.blobs.bao.BaoCodec;
import org.docs4j.blobs.bao.ChunkRanges;
import org.docs4j.blobs.net.TransferNet.Node;
import org.docs4j.blobs.net.TransferNet.RawProvider;
import org.docs4j.blobs.wire.BlobRequest;
import org.docs4j.blobs.wire.RequestCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {
  private static final byte[] CONTENT = TestContent.ofSize(200_000);
  private static final Hash HASH = Hash.ofContent(CONTENT);
  private static final byte[] RESPONSE = BaoCodec.encode(CONTENT, ChunkRanges.all());

  @TempDir Path temp;
  private TransferNet net;

  @BeforeEach
  void startNet() {
    net = new TransferNet(temp);
  }

  @AfterEach
  void stopNet() {
    net.close();
  }

  @ParameterizedTest
  @CsvSource({"0,false", "1,true", "1024,false", "16384,true", "16385,true", "16385,false", "1048583,true", "1048583,false"})
  void download_anySize_arrivesWhole(int size, boolean persistent) {
    Node giver = net.node("giver", !persistent);
    Node taker = net.node("taker", persistent);
    byte[] content = TestContent.ofSize(size);
    Hash hash = giver.store.add(content).hash();
    List<Long> progress = new ArrayList<>();
    CompletionStage<BlobInfo> download =
        taker.downloader.download(hash, List.of(giver.id()), (done, total) -> progress.add(done));
    assertEquals(new BlobInfo(hash, size), net.conditions.result("the download", download));
    assertArrayEquals(content, taker.store.read(hash, size));
    assertTrue(size == 0 || progress.get(progress.size() - 1) == size);
    assertEquals(new BlobInfo(hash, size), taker.fetch(hash, giver.id()));
  }

  @Test
  void download_manySmallBlobs_pipelinesThem() {
    Node giver = net.node("giver", true);
    Node taker = net.node("taker", true);
    List<Hash> hashes = new ArrayList<>();
    for (int i = 0; i < 800; i++) {
      hashes.add(giver.store.add(TestContent.ofSize(i)).hash());
    }
    Duration begin = net.sim.clock().elapsed();
    List<CompletionStage<BlobInfo>> downloads =
        hashes.stream().map(hash -> taker.downloader.download(hash, List.of(giver.id()), ProgressListener.NONE)).toList();
    downloads.forEach(download -> net.conditions.result("a download", download));
    hashes.forEach(hash -> assertTrue(taker.store.status(hash) instanceof BlobStatus.Complete));
    // 20 ms there and back, eight at a time: 100 rounds.
    Duration took = net.sim.clock().elapsed().minus(begin);
    assertTrue(took.compareTo(Duration.ofMillis(2600)) < 0, "took " + took);
    assertEquals(2, net.network.connections());
  }

  @Test
  void download_nobodyHasIt_isNotFound() {
    Node giver = net.node("giver", false);
    Node taker = net.node("taker", false);
    assertInstanceOf(BlobNotFoundException.class, taker.fetchFails(HASH, giver.id()));
    assertInstanceOf(BlobNotFoundException.class, taker.fetchFails(HASH));
    assertInstanceOf(BlobNotFoundException.class, taker.fetchFails(HASH, taker.id()));
    assertEquals(new BlobStatus.Missing(), taker.store.status(HASH));
  }

  @Test
  void download_oldNodeWithoutIt_isNotFound() {
    RawProvider old = net.raw((request, stream) -> stream.send().finish());
    Node taker = net.node("taker", false);
    assertInstanceOf(BlobNotFoundException.class, taker.fetchFails(HASH, old.id()));
    RawProvider strict = net.raw((request, stream) -> stream.send().reset(1));
    assertInstanceOf(BlobNotFoundException.class, taker.fetchFails(HASH, strict.id()));
  }

  @Test
  void download_nobodyReachable_isATransportFailure() {
    RawProvider gone = net.raw((request, stream) -> stream.send().finish());
    gone.endpoint.close();
    Node taker = net.node("taker", false);
    assertInstanceOf(TransportException.class, taker.fetchFails(HASH, gone.id()));
  }

  @Test
  void when_firstProvidersFail_then_theNextOneGives() {
    RawProvider gone = net.raw((request, stream) -> stream.send().finish());
    gone.endpoint.close();
    RawProvider without = net.raw((request, stream) -> stream.send().reset(3));
    RawProvider silent = net.raw((request, stream) -> {});
    byte[] wrong = RESPONSE.clone();
    wrong[20_000] ^= 1;
    RawProvider liar = net.raw((request, stream) -> TransferNet.reply(stream, wrong));
    Node giver = net.node("giver", false);
    Node taker = net.node("taker", true);
    giver.store.add(CONTENT);
    taker.fetch(HASH, gone.id(), without.id(), silent.id(), liar.id(), giver.id());
    assertArrayEquals(CONTENT, taker.store.read(HASH, CONTENT.length));
    assertEquals(1, silent.requests.size());
    assertEquals(1, liar.requests.size());
  }

  @Test
  void download_twiceAtOnce_asksOnce() {
    RawProvider provider = net.raw((request, stream) -> TransferNet.reply(stream, RESPONSE));
    Node taker = net.node("taker", false);
    CompletionStage<BlobInfo> first = taker.downloader.download(HASH, List.of(provider.id()), ProgressListener.NONE);
    CompletionStage<BlobInfo> second = taker.downloader.download(HASH, List.of(provider.id()), ProgressListener.NONE);
    net.conditions.result("the first", first);
    net.conditions.result("the second", second);
    assertEquals(1, provider.requests.size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void download_wrongBytesInTheFirstGroup_keepsNothing(boolean persistent) {
    byte[] wrong = RESPONSE.clone();
    wrong[8 + 64 * 4 + 5] ^= 1;
    RawProvider liar = net.raw((request, stream) -> TransferNet.reply(stream, wrong));
    Node taker = net.node("taker", persistent);
    assertInstanceOf(ContentMismatchException.class, taker.fetchFails(HASH, liar.id()));
    assertEquals(new BlobStatus.Missing(), taker.store.status(HASH));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void download_wrongBytesLater_keepsTheGoodOnesAndResumes(boolean persistent) {
    byte[] wrong = RESPONSE.clone();
    wrong[100_000] ^= 1;
    RawProvider liar = net.raw((request, stream) -> TransferNet.reply(stream, wrong));
    RawProvider good = net.raw((request, stream) -> TransferNet.reply(stream, answer(request)));
    Node taker = net.node("taker", persistent);
    assertInstanceOf(ContentMismatchException.class, taker.fetchFails(HASH, liar.id()));
    assertEquals(new BlobStatus.Partial(CONTENT.length), taker.store.status(HASH));
    if (persistent) {
      taker.stop();
      taker.start(Map.of());
      assertEquals(new BlobStatus.Partial(CONTENT.length), taker.store.status(HASH));
    }
    taker.fetch(HASH, good.id());
    assertArrayEquals(CONTENT, taker.store.read(HASH, CONTENT.length));
    // 100,000 bytes into the response, 6 groups were good.
    assertEquals(ChunkRanges.from(6 * 16), ranges(good.requests.get(0)));
  }

  private static ChunkRanges ranges(byte[] request) {
    return ((BlobRequest.Get) RequestCodec.decode(request)).ranges().at(0);
  }

  private static byte[] answer(byte[] request) {
    return BaoCodec.encode(CONTENT, ranges(request));
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 40, Long.MAX_VALUE, 0, 16_384, 16_385, -1})
  void download_falseSize_isFoundOut(long claim) {
    byte[] wrong = RESPONSE.clone();
    ByteBuffer.wrap(wrong).order(ByteOrder.LITTLE_ENDIAN).putLong(claim);
    RawProvider liar = net.raw((request, stream) -> TransferNet.reply(stream, wrong));
    RawProvider good = net.raw((request, stream) -> TransferNet.reply(stream, answer(request)));
    Node taker = net.node("taker", true);
    assertInstanceOf(ContentMismatchException.class, taker.fetchFails(HASH, liar.id()));
    assertEquals(new BlobStatus.Missing(), taker.store.status(HASH));
    taker.fetch(HASH, liar.id(), good.id());
    assertArrayEquals(CONTENT, taker.store.read(HASH, CONTENT.length));
  }

  @Test
  void when_aSizeWithinTheSameShapeIsClaimed_then_thePrefixIsGoodAndTheNextProviderCompletes() {
    byte[] wrong = RESPONSE.clone();
    ByteBuffer.wrap(wrong).order(ByteOrder.LITTLE_ENDIAN).putLong(CONTENT.length + 20_000);
    RawProvider liar = net.raw((request, stream) -> TransferNet.reply(stream, wrong));
    RawProvider good = net.raw((request, stream) -> TransferNet.reply(stream, answer(request)));
    Node taker = net.node("taker", true);
    assertInstanceOf(ContentMismatchException.class, taker.fetchFails(HASH, liar.id()));
    assertEquals(new BlobStatus.Partial(CONTENT.length + 20_000), taker.store.status(HASH));
    taker.stop();
    taker.start(Map.of());
    taker.fetch(HASH, good.id());
    assertArrayEquals(CONTENT, taker.store.read(HASH, CONTENT.length));
    assertEquals(ChunkRanges.from(12 * 16), ranges(good.requests.get(0)));
    taker.stop();
    taker.start(Map.of());
    assertArrayEquals(CONTENT, taker.store.read(HASH, CONTENT.length));
  }

  @Test
  void download_providerFallsSilent_failsInTime() {
    RawProvider silent = net.raw((request, stream) -> {});
    Node taker = net.node("taker", false);
    Duration begin = net.sim.clock().elapsed();
    assertInstanceOf(TransportException.class, taker.fetchFails(HASH, silent.id()));
    Duration took = net.sim.clock().elapsed().minus(begin);
    assertTrue(took.compareTo(Duration.ofSeconds(29)) > 0 && took.compareTo(Duration.ofSeconds(40)) < 0, "took " + took);
  }

  @Test
  void download_providerDripsUselessBytes_failsInTime() {
    RawProvider dripping = net.raw((request, stream) -> drip(stream.send(), 0));
    Node taker = net.node("taker", false);
    assertInstanceOf(TransportException.class, taker.fetchFails(HASH, dripping.id()));
    assertTrue(net.sim.clock().elapsed().compareTo(Duration.ofSeconds(45)) < 0);
  }

  private void drip(SendStream to, int at) {
    to.write(ByteBuffer.wrap(RESPONSE, at, 1));
    net.sim.environment("drip").executor().schedule(
        Duration.ofSeconds(5), net.sim.environment("drip").executor().io(), () -> drip(to, at + 1));
  }

  @Test
  void when_theConnectionBreaks_then_theNextAttemptAsksForTheRest() {
    RawProvider half =
        net.raw((request, stream) -> stream.send().write(ByteBuffer.wrap(Arrays.copyOf(RESPONSE, 90_000))));
    RawProvider good = net.raw((request, stream) -> TransferNet.reply(stream, answer(request)));
    Node taker = net.node("taker", true);
    CompletionStage<BlobInfo> download =
        taker.downloader.download(HASH, List.of(half.id(), good.id()), ProgressListener.NONE);
    net.conditions.until("a part", () -> taker.store.status(HASH) instanceof BlobStatus.Partial);
    net.sim.run(Duration.ofSeconds(1));
    net.network.cut(taker.id(), half.id());
    net.conditions.result("the download", download);
    assertEquals(ChunkRanges.from(5 * 16), ranges(good.requests.get(0)));
    assertArrayEquals(CONTENT, taker.store.read(HASH, CONTENT.length));
  }

  @Test
  void when_nothingIsFetchedForAWhile_then_theConnectionEndsAndALaterFetchDialsAgain() {
    Node giver = net.node("giver", false);
    Node taker = net.node("taker", false);
    Hash first = giver.store.add(new byte[] {1}).hash();
    Hash second = giver.store.add(new byte[] {2}).hash();
    taker.fetch(first, giver.id());
    net.sim.run(Duration.ofSeconds(2));
    assertEquals(2, net.network.connections());
    net.sim.run(Duration.ofSeconds(5));
    assertEquals(0, net.network.connections());
    taker.fetch(second, giver.id());
  }

  @Test
  void when_theProviderRestarted_then_aFreshConnectionIsTried() {
    Node giver = net.node("giver", true);
    Node taker = net.node("taker", false);
    Hash first = giver.store.add(new byte[] {1}).hash();
    Hash second = giver.store.add(CONTENT).hash();
    taker.fetch(first, giver.id());
    net.network.kill(giver.id());
    giver.downloader.close();
    giver.store.close();
    giver.start(Map.of());
    // The taker does not know yet that its connection is dead; a silent one ends by time-out.
    taker.fetch(second, giver.id());
    assertArrayEquals(CONTENT, taker.store.read(second, CONTENT.length));
  }

  @Test
  void close_whileFetching_failsTheFetchesAndKeepsTheStoreUsable() {
    RawProvider silent = net.raw((request, stream) -> {});
    Node taker = net.node("taker", true);
    CompletionStage<BlobInfo> running = taker.downloader.download(HASH, List.of(silent.id()), ProgressListener.NONE);
    net.conditions.until("the request", () -> !silent.requests.isEmpty());
    taker.downloader.close();
    taker.downloader.close();
    assertInstanceOf(BlobException.class, net.conditions.failure("the fetch", running));
    assertInstanceOf(BlobException.class, taker.fetchFails(HASH, silent.id()));
    assertEquals(HASH, taker.store.add(CONTENT).hash());
  }

  @Test
  void download_listenerThatThrows_disturbsNobody() {
    Node giver = net.node("giver", false);
    Node taker = net.node("taker", false);
    giver.store.add(CONTENT);
    CompletionStage<BlobInfo> download =
        taker.downloader.download(
            HASH,
            List.of(giver.id()),
            (done, total) -> {
              throw new BlobException("on purpose");
            });
    net.conditions.result("the download", download);
  }

  @Test
  void when_theBlobIsAddedWhileItArrives_then_bothAreContent() {
    RawProvider half =
        net.raw((request, stream) -> stream.send().write(ByteBuffer.wrap(Arrays.copyOf(RESPONSE, 90_000))));
    RawProvider good = net.raw((request, stream) -> TransferNet.reply(stream, answer(request)));
    Node taker = net.node("taker", true);
    CompletionStage<BlobInfo> download =
        taker.downloader.download(HASH, List.of(half.id(), good.id()), ProgressListener.NONE);
    net.conditions.until("a part", () -> taker.store.status(HASH) instanceof BlobStatus.Partial);
    taker.store.add(CONTENT);
    net.conditions.result("the download", download);
    taker.stop();
    taker.start(Map.of());
    assertArrayEquals(CONTENT, taker.store.read(HASH, CONTENT.length));
  }
}
