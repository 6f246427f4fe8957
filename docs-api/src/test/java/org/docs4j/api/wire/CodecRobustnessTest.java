package org.docs4j.api.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TransportAddr;
import org.docs4j.api.testkit.Seeded;
import org.docs4j.api.testkit.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Codecs under cut and altered bytes: they decode or throw {@link MalformedMessageException}, nothing else. */
class CodecRobustnessTest {
  private static final int MUTATIONS = 20_000;

  record Encoding(String name, Bytes content, Function<PostcardReader, Object> read) {
    Encoding(String name, byte[] content, Function<PostcardReader, Object> read) {
      this(name, Bytes.of(content), read);
    }

    byte[] bytes() {
      return content.toByteArray();
    }

    Object decode(byte[] changed) {
      PostcardReader in = new PostcardReader(changed);
      Object value = read.apply(in);
      in.expectEnd();
      return value;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Encoding> encodings() {
    Stream<Encoding> entries =
        Stream.of("entry_hello", "entry_hello2", "entry_tombstone_hel")
            .flatMap(
                name ->
                    Stream.of(
                        new Encoding(name, Vectors.bytes(name, "entry_postcard"), EntryCodec::readEntry),
                        new Encoding(
                            name + " signed",
                            Vectors.bytes(name, "signed_entry_postcard"),
                            EntryCodec::readSignedEntry)));
    byte[] write = Vectors.bytes("tickets", "doc_write_new_ge_0_94", "bytes");
    byte[] read = Vectors.bytes("tickets", "doc_read_new_ge_0_94", "bytes");
    EndpointAddr addr =
        new EndpointAddr(
            EndpointId.parse(Vectors.string("keys", "endpoint", "public")),
            new TreeSet<>(
                List.of(
                    new TransportAddr.Relay("https://relay.example./"),
                    new TransportAddr.Ip(new InetSocketAddress("192.0.2.1", 4433)),
                    new TransportAddr.Ip(new InetSocketAddress("2001:db8::1", 65535)))));
    EndpointAddr custom =
        new EndpointAddr(
            addr.id(), new TreeSet<>(List.of(new TransportAddr.Custom(-1, Bytes.of(new byte[] {1, 2, 3})))));
    Stream<Encoding> others =
        Stream.of(
            new Encoding("golden", Vectors.bytes("golden_signed_entry", "hex"), EntryCodec::readSignedEntry),
            new Encoding("write capability", Arrays.copyOfRange(write, 1, 35), CapabilityCodec::read),
            new Encoding("read capability", Arrays.copyOfRange(read, 1, 34), CapabilityCodec::read),
            new Encoding("address", bytes(addr, AddressCodec::write), AddressCodec::read),
            new Encoding("legacy address", bytes(addr, AddressCodec::writeLegacy), AddressCodec::readLegacy),
            new Encoding("custom address", bytes(custom, AddressCodec::write), AddressCodec::read),
            new Encoding(
                "heads",
                Vectors.bytes("author_heads", "encoded"),
                in -> AuthorHeadsCodec.decode(in.fixed(in.remaining()))));
    return Stream.concat(entries, others);
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void encoding_cutAnywhere_isMalformed(Encoding encoding) {
    assertNotNull(encoding.decode(encoding.bytes()));
    for (int length = 0; length < encoding.content.size(); length++) {
      byte[] cut = Arrays.copyOf(encoding.bytes(), length);
      assertThrows(MalformedMessageException.class, () -> encoding.decode(cut), "cut to " + length);
    }
    byte[] longer = Arrays.copyOf(encoding.bytes(), encoding.content.size() + 1);
    assertThrows(MalformedMessageException.class, () -> encoding.decode(longer));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void encoding_altered_isReadOrMalformed(Encoding encoding) {
    Seeded.run(
        encoding.name,
        random -> {
          int malformed = 0;
          byte[] bytes = encoding.bytes();
          for (int i = 0; i < MUTATIONS; i++) {
            byte[] changed = Seeded.mutated(bytes, random);
            try {
              assertNotNull(encoding.decode(changed));
            } catch (MalformedMessageException e) {
              malformed++;
            }
          }
          assertTrue(malformed > MUTATIONS / 4, malformed + " of " + MUTATIONS);
        });
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void encoding_ofRandomBytes_isReadOrMalformed(Encoding encoding) {
    Seeded.run(
        encoding.name + ", random",
        random -> {
          int read = 0;
          for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            try {
              encoding.decode(bytes);
              read++;
            } catch (MalformedMessageException e) {
              assertTrue(e.getMessage().contains("(at byte "), e.getMessage());
            }
          }
          assertEquals(0, read / 100, "random bytes hardly ever mean anything");
        });
  }

  private static byte[] bytes(EndpointAddr addr, BiConsumer<PostcardWriter, EndpointAddr> write) {
    PostcardWriter out = new PostcardWriter();
    write.accept(out, addr);
    return out.toByteArray();
  }
}
