package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.failure;
import static org.docs4j.transport.quic.Nodes.readText;
import static org.docs4j.transport.quic.Nodes.take;
import static org.docs4j.transport.quic.Nodes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.docs4j.api.StreamResetException;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.tck.UdpRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many streams an endpoint has, of one peer and in all. */
class QuicStreamLimitsTest {
  private static final int LONG = 0x80;
  /** As README.md says. */
  private static final int MOST_WAITING = 4096;
  private static final int STREAM_LIMIT_ERROR = 4; // RFC 9000, section 20.1

  private final Nodes nodes = new Nodes();

  @AfterEach
  void close() {
    nodes.close();
  }

  private static BidiStream said(Connection connection, String text) throws Exception {
    BidiStream stream = await(connection.openBidi());
    await(stream.send().write(text(text)));
    return stream;
  }

  @Test
  void when_aPeerHasAllStreamsThatItMay_thenFurtherOnesAreRefusedUntilOthersEnd() throws Exception {
    Endpoint server = nodes.bind("max-streams=20");
    Nodes.Pair one = Nodes.connect(nodes.bind(), server);
    Nodes.Pair two = Nodes.connect(nodes.bind(), server);
    List<BidiStream> here = new ArrayList<>();
    List<BidiStream> there = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      here.add(said(one.dialled(), "stream " + i));
      there.add(await(one.accepted().acceptBidi()));
    }
    CompletionStage<BidiStream> none = one.accepted().acceptBidi();
    BidiStream refused = said(one.dialled(), "one too many");
    assertEquals(
        Codes.NO_PLACE, assertInstanceOf(StreamResetException.class, failure(refused.receive().read(1))).code());
    assertFalse(none.toCompletableFuture().isDone(), "nobody is given a stream that was refused");
    BidiStream other = said(two.dialled(), "another peer's");
    await(other.send().finish());
    BidiStream otherThere = await(two.accepted().acceptBidi());
    assertEquals("another peer's", readText(otherThere.receive()));
    await(otherThere.send().finish());

    await(here.get(1).send().finish());
    assertEquals("stream 1", readText(there.get(1).receive()));
    await(there.get(1).send().finish());
    assertEquals("", readText(here.get(1).receive()));
    BidiStream next = said(one.dialled(), "x");
    await(next.send().finish());
    assertEquals("x", readText(await(none).receive()));
  }

  @Test
  void when_thisSideHasAllStreamsThatThereMayBe_thenFurtherOnesFailUntilOthersEnd() throws Exception {
    Endpoint server = nodes.bind("max-streams=4");
    Nodes.Pair one = Nodes.connect(nodes.bind(), server);
    Nodes.Pair two = Nodes.connect(nodes.bind(), server);
    for (int i = 0; i < 4; i++) {
      await((i % 2 == 0 ? one : two).accepted().openUni());
    }
    TransportException own = assertInstanceOf(TransportException.class, failure(two.accepted().openUni()));
    assertTrue(own.getMessage().contains("too many streams are open at this endpoint: 4"), own::toString);

    // What a connection had is free when it has ended.
    two.dialled().close(0, "");
    await(two.accepted().closed());
    Nodes.until(() -> isThereRoom(one.accepted()));
  }

  private static boolean isThereRoom(Connection connection) {
    try {
      await(connection.openUni());
      return true;
    } catch (Exception full) {
      return false;
    }
  }

  @Test
  void when_tooManyStreamsWaitToBeOpened_then_furtherOnesAreRefusedAtOnce() throws Exception {
    Nodes.Pair pair = nodes.pair("uni-streams=1");
    SendStream first = await(pair.dialled().openUni());
    List<CompletionStage<SendStream>> waiting = new ArrayList<>();
    for (int i = 0; i < MOST_WAITING; i++) {
      waiting.add(pair.dialled().openUni());
    }
    TransportException refused = assertInstanceOf(TransportException.class, failure(pair.dialled().openUni()));
    assertTrue(refused.getMessage().contains("too many streams wait to be opened"), refused::toString);
    assertTrue(waiting.stream().noneMatch(each -> each.toCompletableFuture().isDone()), "the others go on waiting");
    await(first.finish());
    assertEquals("", readText(await(pair.accepted().acceptUni())));
    await(waiting.get(0));
  }

  /** A byte on one stream opens all those with lower numbers as well, and where nobody takes them they stay. */
  @Test
  void when_aBarePeerOpensAllItMayOnManyConnections_thenOthersAndThisSideHaveStreams() throws Exception {
    Forger forger = new Forger();
    Endpoint server = nodes.bind("max-streams=64", "uni-streams=10");
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    server.accept(ECHO, accepted::add);
    List<Connection> theirs = new ArrayList<>();
    try (BareClient bare = new BareClient(new ForgedKeys(forger.keys.getPrivate(), forger.withHostKey().forge()))) {
      for (int i = 0; i < 8; i++) {
        QuicChannel channel = bare.dial(server.addr().ipAddresses().get(0), true).sync().getNow();
        Connection there = take(accepted);
        theirs.add(there);
        QuicStreamChannel last = null;
        for (int j = 0; j < 10; j++) {
          last = channel.createStream(QuicStreamType.UNIDIRECTIONAL, new ChannelInboundHandlerAdapter()).sync().getNow();
        }
        Objects.requireNonNull(last).writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1})).sync();
      }
      // Their first one has come, and with it those below the last number.
      await(theirs.get(0).acceptUni());
      Connection served = await(nodes.bind().connect(server.addr(), ECHO));
      Connection there = take(accepted);
      SendStream send = await(served.openUni());
      await(send.write(text("served")));
      await(send.finish());
      assertEquals("served", readText(await(there.acceptUni())));
      SendStream own = await(there.openUni());
      await(own.write(text("own")));
      await(own.finish());
      assertEquals("own", readText(await(served.acceptUni())));
    }
  }

  /** The peer is the library alone, which asks for one stream after the other without any care. */
  @Test
  void when_aBarePeerOpensMoreStreamsThanItMay_then_itHasThoseThatItMay() throws Exception {
    Forger forger = new Forger();
    Endpoint server = nodes.bind("uni-streams=5", "bidi-streams=3");
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    server.accept(ECHO, accepted::add);
    try (BareClient bare = new BareClient(new ForgedKeys(forger.keys.getPrivate(), forger.withHostKey().forge()))) {
      QuicChannel channel = bare.dial(server.addr().ipAddresses().get(0), true).sync().getNow();
      Connection connection = take(accepted);
      List<QuicStreamChannel> uni = open(channel, QuicStreamType.UNIDIRECTIONAL);
      List<QuicStreamChannel> bidi = open(channel, QuicStreamType.BIDIRECTIONAL);
      assertEquals(5, uni.size());
      assertEquals(3, bidi.size());
      for (int i = 0; i < 5; i++) {
        await(await(connection.acceptUni()).read(1));
      }
      for (int i = 0; i < 3; i++) {
        await(await(connection.acceptBidi()).receive().read(1));
      }
      CompletionStage<ReceiveStream> more = connection.acceptUni();
      Endpoint other = nodes.bind();
      Connection served = await(other.connect(server.addr(), ECHO));
      SendStream send = await(served.openUni());
      await(send.write(text("served")));
      await(send.finish());
      assertEquals("served", readText(await(take(accepted).acceptUni())));
      assertFalse(more.toCompletableFuture().isDone());
    }
  }

  /** A packet of a peer that has no library to stop it: a byte on the sixth stream where five are allowed. */
  @Test
  void when_aPeerGoesBeyondItsLimit_then_itsConnectionIsClosedWithTheError() throws Exception {
    Forger forger = new Forger();
    Endpoint server = nodes.bind("uni-streams=5", "disco=off");
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    server.accept(ECHO, accepted::add);
    AtomicReference<PacketKeys> forging = new AtomicReference<>();
    UdpRelay.Fate fate =
        (toServer, datagram, network) -> {
          network.deliver(datagram, 0);
          boolean established = (datagram[0] & LONG) == 0;
          PacketKeys keys = toServer && established ? forging.getAndSet(null) : null;
          if (keys != null) {
            network.deliver(beyond(keys, datagram), 0);
          }
        };
    try (UdpRelay relay = UdpRelay.to(server.addr().ipAddresses().get(0), fate);
        BareClient bare = new BareClient(new ForgedKeys(forger.keys.getPrivate(), forger.withHostKey().forge()))) {
      QuicChannel channel = bare.dial(relay.address(), true).sync().getNow();
      Connection connection = take(accepted);
      forging.set(new PacketKeys(bare.secret()));
      assertEquals(5, open(channel, QuicStreamType.UNIDIRECTIONAL).size());
      assertEquals(STREAM_LIMIT_ERROR, bare.closed());
      await(connection.closed());
      Endpoint other = nodes.bind();
      await(other.connect(server.addr(), ECHO));
      assertEquals(other.id(), take(accepted).remoteId());
    }
  }

  /** To the same connection as another packet. */
  private static byte[] beyond(PacketKeys keys, byte[] packet) {
    byte[] header = ByteBuffer.allocate(1 + Demultiplexer.ID_BYTES + 4)
            .put((byte) 0x43) // a short header, with a number of four bytes (RFC 9000, section 17.3.1)
            .put(packet, 1, Demultiplexer.ID_BYTES)
            .putInt(1_000_000)
            .array();
    byte[] stream = {0x0a, (5 << 2) + 2, 1, 42}; // with a length (section 19.8); the sixth one-way stream of who dialled
    try {
      return keys.seal(header, stream);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** As many as there may be, each with a byte; of ten. */
  private static List<QuicStreamChannel> open(QuicChannel channel, QuicStreamType type) throws Exception {
    List<QuicStreamChannel> opened = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Future<QuicStreamChannel> stream = channel.createStream(type, new ChannelInboundHandlerAdapter()).await();
      if (stream.isSuccess()) {
        opened.add(stream.getNow());
        stream.getNow().writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1})).sync();
      }
    }
    return opened;
  }
}
