package org.docs4j.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.docs4j.api.crypto.Ed25519;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.Environment;
import org.docs4j.tck.DecoderList;
import org.docs4j.tck.sim.SimEnvironment;

/** What this module decodes of a stranger's bytes, see {@link DecoderList}. */
final class Decoders {
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
  private static final InetSocketAddress STRANGER = Nodes.loopback(4433);
  private static final int HEAD_BYTES = 24;
  private static final long DIALLED_ID = 0x0102030405060708L;

  private static final Forger FORGER = forger();
  private static final AddressValidation VALIDATION = validation();

  private static final DecoderList ALL =
      DecoderList.of(
          List.of(),
          List.of(
              Decoders::certificate,
              hostKey -> certificate(forged(hostKey)),
              Decoders::token,
              Ed25519::isStrictKey,
              Decoders::datagram));

  private Decoders() {}

  static void decode(byte[] input) {
    ALL.decode(input);
  }

  private static Forger forger() {
    try {
      Forger forger = new Forger();
      forger.keys = forger.signingKeys = Forger.keys("Ed25519", "");
      forger.algorithm = new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112"));
      forger.signatureName = "Ed25519";
      return forger;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static AddressValidation validation() {
    Admission busy = new Admission(QuicSettings.parse(Map.of("max-handshakes", "8")));
    busy.handshakeBegan(STRANGER.getAddress());
    busy.handshakeBegan(STRANGER.getAddress());
    Environment node = SimEnvironment.seeded(5).environment("node");
    return new AddressValidation(busy, node);
  }

  private static void certificate(byte[] der) {
    try {
      EndpointId peer = X509Verifier.verify(List.of(der), NOW);
      if (!Ed25519.isStrictKey(peer.toByteArray())) {
        throw new AssertionError("a peer without a sound key: " + peer);
      }
    } catch (IdentityException e) {
      if (e.getMessage().isBlank() || e.getMessage().length() > 1000) {
        throw new AssertionError("no sentence for a person: " + e.getMessage(), e);
      }
    }
  }

  /** A certificate that is signed by itself and claims to name an endpoint by these bytes. */
  private static byte[] forged(byte[] hostKey) {
    try {
      FORGER.extensions.clear();
      return FORGER.with(new Extension(X509Certificates.HOST_KEY, true, hostKey)).forge();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A token is that of this endpoint or none; its connection id is within. */
  private static void token(byte[] bytes) {
    ByteBuf token = Unpooled.wrappedBuffer(bytes);
    int at = VALIDATION.validateToken(token, STRANGER);
    if (at >= 0) {
      throw new AssertionError("a token that was never given, with an id at " + at);
    }
    byte[] id = Arrays.copyOf(bytes, Math.min(bytes.length, VALIDATION.maxTokenLength() - HEAD_BYTES));
    ByteBuf given = Unpooled.buffer();
    if (id.length > 0
        && (!VALIDATION.writeToken(given, Unpooled.wrappedBuffer(id), STRANGER)
            || VALIDATION.validateToken(given, STRANGER) != HEAD_BYTES
            || !given.slice(HEAD_BYTES, given.readableBytes() - HEAD_BYTES).equals(Unpooled.wrappedBuffer(id)))) {
      throw new AssertionError("a token that was given for " + id.length + " bytes is not taken");
    }
  }

  /** A datagram with anything in it reaches one of both codecs, and none is left over. */
  private static void datagram(byte[] bytes) {
    Codec dialled = new Codec();
    Codec accepted = new Codec();
    Demultiplexer demultiplexer = new Demultiplexer(dialled);
    demultiplexer.add(DIALLED_ID);
    EmbeddedChannel channel = new EmbeddedChannel(demultiplexer, accepted, dialled);
    DatagramPacket packet = new DatagramPacket(Unpooled.buffer().writeBytes(bytes), STRANGER, STRANGER);
    boolean leftOver = channel.writeInbound(packet);
    int taken = dialled.taken + accepted.taken;
    if (leftOver || taken != (bytes.length == 0 ? 0 : 1) || packet.refCnt() != 0) {
      throw new AssertionError(taken + " codecs took a datagram that is now held " + packet.refCnt() + " times");
    }
    channel.finishAndReleaseAll();
  }

  /** Stands for a codec of QUIC. */
  private static final class Codec extends ChannelInboundHandlerAdapter {
    private int taken;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      taken++;
      ((DatagramPacket) message).release();
    }
  }
}
