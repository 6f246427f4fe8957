package org.docs4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.docs4j.api.Doc;
import org.docs4j.api.SyncAccess;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Key;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.session.SessionContext;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That what an application chooses is what a peer sees. */
@Timeout(60)
class EngineConfigTest {
  private static final int ENTRIES = 40;

  private final TestMachine machine = new TestMachine();

  @AfterEach
  void close() {
    machine.close();
  }

  private static EngineConfig config(int splitWidth, int itemLimit, long messageBudget) {
    return new EngineConfig(splitWidth, itemLimit, messageBudget, Duration.ofSeconds(30), SyncAccess.EVERYONE);
  }

  /** What a node with a document of 40 entries answers if everything differs, said so many times. */
  private List<Part> answer(EngineConfig config, int times) {
    EngineSeams seams =
        machine.seams(
            machine.endpoint(EndpointSecret.random(machine.environment.random())),
            TestMachine.memoryStore(),
            new DefaultAuthorStorage.Memory());
    try (DocsEngine node = DocsEngine.spawn(seams, config)) {
      Doc doc = node.create();
      for (int i = 0; i < ENTRIES; i++) {
        doc.set(Key.of("k" + i + "."), "content".getBytes(StandardCharsets.UTF_8));
      }
      doc.startSync(List.of());
      Connection connection =
          machine
              .endpoint(EndpointSecret.random(machine.environment.random()))
              .connect(node.addr(), SessionContext.ALPN)
              .toCompletableFuture()
              .join();
      BidiStream stream = connection.openBidi().toCompletableFuture().join();
      Part differing =
          new Part.RangeFingerprint(
              Range.all(Range.ZERO), Entries.unsigned(Entries.AUTHORS.get(0), "k", 1, "x").entry().fingerprint());
      RangeMessage message = new RangeMessage(Collections.nCopies(times, differing));
      byte[] frame = SyncMessageCodec.encodeFrame(new SyncMessage.Init(doc.id(), message));
      stream.send().write(ByteBuffer.wrap(frame)).toCompletableFuture().join();
      return ((SyncMessage.Sync) SyncMessageCodec.decode(nextFrame(stream))).message().parts();
    }
  }

  private static byte[] nextFrame(BidiStream stream) {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    while (true) {
      ByteBuffer bytes = ByteBuffer.wrap(received.toByteArray());
      if (bytes.remaining() >= 4 && bytes.getInt() <= bytes.remaining()) {
        byte[] body = new byte[bytes.remaining()];
        bytes.get(body);
        return body;
      }
      ByteBuffer read = stream.receive().read(1 << 16).toCompletableFuture().join().orElseThrow();
      byte[] copy = new byte[read.remaining()];
      read.get(copy);
      received.writeBytes(copy);
    }
  }

  /** How many parts an answer has, how many of them are fingerprints, and how many entries the others have. */
  private static List<Integer> shape(List<Part> parts) {
    RangeMessage message = new RangeMessage(parts);
    int fingerprints = (int) parts.stream().filter(part -> part instanceof Part.RangeFingerprint).count();
    return List.of(parts.size(), fingerprints, (int) message.valueCount());
  }

  @Test
  void splitWidth_isThatOfTheAnswer() {
    assertEquals(List.of(60, 60, 0), shape(answer(config(2, 1, 1 << 20), 30)));
    assertEquals(List.of(90, 90, 0), shape(answer(config(3, 1, 1 << 20), 30)));
    assertEquals(List.of(12, 12, 0), shape(answer(config(3, 1, 1 << 20), 1)), "four times as many of a single range");
  }

  @Test
  void itemLimit_isThatOfTheAnswer() {
    assertEquals(List.of(8, 8, 0), shape(answer(config(2, 1, 1 << 20), 1)));
    assertEquals(List.of(8, 0, ENTRIES), shape(answer(config(2, 32, 1 << 20), 1)));
  }

  @Test
  void messageBudget_isThatOfTheAnswer() {
    assertEquals(List.of(2, 2, 0), shape(answer(config(16, 32, 1), 1)));
    assertEquals(List.of(1, 0, ENTRIES), shape(answer(config(16, 32, 1 << 20), 1)));
  }
}
