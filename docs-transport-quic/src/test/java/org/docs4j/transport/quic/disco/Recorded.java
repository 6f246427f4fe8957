package org.docs4j.transport.quic.disco;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointSecret;

/** Datagrams that real nodes of iroh 0.35.0 and 0.28.1 sent to the endpoint {@link #US}; their secret was {@link #THEM}. */
final class Recorded {
  static final EndpointSecret US = secret(0x11);
  static final EndpointSecret THEM = secret(0x22);

  private static final String HEAD = "5453f09f92aca09aa5f47a6759802ff955f8dc2d2a14a5c99d23be97f864127ff9383455a4f0";

  /** Pings, and where they came from does not matter. */
  static final List<byte[]> PINGS =
      List.of(
          datagram(
              "7b22ab1a97caa460ea57d6bd338d97bae13c54b0f59d29e8b515c9e281d1f26ad21fe1c250897150725ba8606aa498a85c15"
                  + "14c43c04b3d82eaeefdce6d3f1687ef68b53b4d84cc60b0574c4504d37f45e564b47d076"),
          datagram(
              "f405fcd93947f08090fce9282ed602d22db494360310c3590414b5955a6e5ec3926d071a88542c5d443f01e3bc3912d55097"
                  + "c1cceef64544cac2b5f484e10d51efb33980213d8071534ec9b3ea71d642894189308705"),
          datagram(
              "c0ec732228338dfbf2ced5a1fa104e88721359f63359955c47021d9dacbb44de248e98c101b0eb151dc44fe0afbe00dba5cd"
                  + "9afe7e2f23026f39cf8be09b25a16fac906b16696ba51101f8c70769865b18d0cdd82ef6"),
          datagram(
              "cb3b4a8ebd68db08b3ee022f0ee02b2668dbc346cc6144df0953d180a5ce99b8a69c6476752fa47860ee9c29479e87881d47"
                  + "e2b64a416756be4205c8068b1d4a130581dc65f6136735310af9702d8a04a178ea041ec7"));

  /** Pongs that answered a Ping with the {@link #number}. */
  static final List<byte[]> PONGS =
      List.of(
          datagram(
              "58f0e243a85ca1a09b24598c750b8ecaa668a817f2cff2878cbf4f7309ff53b6ea02df1de49950705e6efddc610e2e1127ea"
                  + "aa8cde94c7a5c5c01a8a46946c4b54af84b4ba73ed4278"),
          datagram(
              "bbc7026b21bbc570cc9bbe42997f99a7bfad179104cd7e7ccd32c9ff7bffb099797ba21ab607e76b54e1b0fc3dd5a638874f"
                  + "12e8a44a1769a4e5226d9eb08d58c5dfceb3f937431f0b"));

  /** Where those Pings came from, as the Pongs say. */
  static final List<InetSocketAddress> SOURCES = List.of(loopback(36_041), loopback(50_953));

  private Recorded() {}

  private static EndpointSecret secret(int each) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) each);
    return EndpointSecret.of(seed);
  }

  private static byte[] datagram(String sealed) {
    return HexFormat.of().parseHex(HEAD + sealed);
  }

  /** The number that was drawn then. */
  static Bytes number() {
    byte[] number = new byte[DiscoMessage.NUMBER_BYTES];
    new Random(1).nextBytes(number);
    return Bytes.of(number);
  }

  static byte[] sealed(byte[] datagram) {
    return Arrays.copyOfRange(datagram, HEAD.length() / 2, datagram.length);
  }

  static InetSocketAddress loopback(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  static ByteBuffer buffer(byte[] datagram) {
    return ByteBuffer.wrap(datagram.clone());
  }
}
