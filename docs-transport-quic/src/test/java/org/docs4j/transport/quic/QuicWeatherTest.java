package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.take;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.tck.UdpRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two endpoints over a network that loses 5 % of the datagrams, doubles 5 %, delays 10 % and damages 1 %. */
class QuicWeatherTest {
  private static final int MEBIBYTES = 2;
  private static final int STREAMS = 300;
  private static final int AT_ONCE = 50;

  private final Nodes nodes = new Nodes();
  private final LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    nodes.close();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void when_theNetworkIsBad_then_allThatIsSentArrives(long seed) throws Exception {
    Endpoint server = nodes.bind();
    server.accept(ECHO, accepted::add);
    UdpRelay.Fate storm = UdpRelay.weather(seed, 0.05, 0.05, 0.10, 0.01);
    try (UdpRelay relay = UdpRelay.to(server.addr().ipAddresses().get(0), storm)) {
      Endpoint client = nodes.bind();
      EndpointAddr address = EndpointAddr.of(server.id(), List.of(relay.address()));
      Connection dialled = await(client.connect(address, ECHO));
      Connection other = take(accepted);
      transfer(dialled, other, seed);
      transfer(other, dialled, seed + 1);
      manySmallStreams(dialled, other);
      dialled.close(7, "that was all");
      assertEquals(new CloseInfo(CloseInfo.Kind.PEER, 7, "that was all"), await(other.closed()));
      for (int i = 0; i < 5; i++) {
        Connection again = await(client.connect(address, ECHO));
        assertEquals(client.id(), take(accepted).remoteId());
        again.close(0, "");
      }
    }
  }

  /** As many as -Ddocs.weather.seeds says, 1 unless told. */
  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("docs.weather.seeds", 1));
  }

  private static void transfer(Connection from, Connection to, long seed) throws Exception {
    byte[] data = new byte[MEBIBYTES << 20];
    new Random(seed).nextBytes(data);
    SendStream send = await(from.openUni());
    CompletableFuture<byte[]> received =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Nodes.readAll(await(to.acceptUni()));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    send.write(ByteBuffer.wrap(data));
    await(send.finish());
    assertArrayEquals(data, await(received));
  }

  private static void manySmallStreams(Connection from, Connection to) throws Exception {
    List<BidiStream> open = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      BidiStream stream = await(from.openBidi());
      await(stream.send().write(Nodes.text("question " + i)));
      await(stream.send().finish());
      open.add(stream);
      if (open.size() == AT_ONCE) {
        answer(to, i + 1 - AT_ONCE);
        for (int j = 0; j < AT_ONCE; j++) {
          ReceiveStream receive = open.get(j).receive();
          assertEquals("question " + (i + 1 - AT_ONCE + j), Nodes.readText(receive));
        }
        open.clear();
      }
    }
  }

  private static void answer(Connection connection, int first) throws Exception {
    for (int i = 0; i < AT_ONCE; i++) {
      BidiStream stream = await(connection.acceptBidi());
      String question = Nodes.readText(stream.receive());
      assertEquals("question " + (first + i), question);
      await(stream.send().write(Nodes.text(question)));
      await(stream.send().finish());
    }
  }
}
