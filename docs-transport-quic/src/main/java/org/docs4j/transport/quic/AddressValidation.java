package org.docs4j.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.Ticker;

/**
 * Lets whoever dials us prove that it is at the address it claims (RFC 9000, section 8.1.2) while many handshakes are
 * under way, and turns everybody away while there is no room. What it tells a dialler by Retry is all that it
 * remembers: nothing is kept for who does not come back. Confined to the event loop.
 */
final class AddressValidation implements QuicTokenHandler {
  private static final int REFUSED = -1;
  private static final int KEY_BYTES = 32;
  private static final int MAC_BYTES = 16;
  private static final int HEAD_BYTES = Long.BYTES + MAC_BYTES;
  // RFC 9000, section 17.2
  private static final int MAX_ID_BYTES = 20;
  // A dialler shows the same token until it gives up.
  private static final Duration LIFETIME = Duration.ofSeconds(30);

  private final Admission admission;
  private final Ticker ticker;
  private final SecretKeySpec key;

  AddressValidation(Admission admission, Environment environment) {
    this.admission = admission;
    this.ticker = environment.ticker();
    byte[] secret = new byte[KEY_BYTES];
    environment.random().nextBytes(secret);
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /** A token is the time of its end, a code over it, the address and the id, and the connection id of the first packet. */
  @Override
  public boolean writeToken(ByteBuf out, ByteBuf id, InetSocketAddress address) {
    if (!admission.isBusy()) {
      return false;
    }
    byte[] bytes = ByteBufUtil.getBytes(id);
    long end = ticker.nanos() + LIFETIME.toNanos();
    out.writeLong(end).writeBytes(code(end, address, bytes)).writeBytes(bytes);
    return true;
  }

  /** Where the connection id begins, or -1 for a packet that is dropped. */
  @Override
  public int validateToken(ByteBuf token, InetSocketAddress address) {
    int length = token.readableBytes();
    if (length <= HEAD_BYTES || length > maxTokenLength() || !admission.hasRoom(address.getAddress())) {
      return REFUSED;
    }
    byte[] bytes = ByteBufUtil.getBytes(token);
    long end = ByteBuffer.wrap(bytes).getLong();
    long left = end - ticker.nanos();
    byte[] code = Arrays.copyOfRange(bytes, Long.BYTES, HEAD_BYTES);
    byte[] id = Arrays.copyOfRange(bytes, HEAD_BYTES, length);
    boolean genuine = MessageDigest.isEqual(code, code(end, address, id));
    return genuine && left > 0 ? HEAD_BYTES : REFUSED;
  }

  @Override
  public int maxTokenLength() {
    return HEAD_BYTES + MAX_ID_BYTES;
  }

  private byte[] code(long end, InetSocketAddress address, byte[] id) {
    byte[] ip = address.getAddress().getAddress();
    ByteBuffer text = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + 1 + ip.length + id.length);
    text.putLong(end).putInt(address.getPort()).put((byte) ip.length).put(ip).put(id);
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      return Arrays.copyOf(mac.doFinal(text.array()), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HmacSHA256", e);
    }
  }
}
