package org.docs4j.api.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.docs4j.api.InvalidTicketException;
import org.docs4j.api.MalformedMessageException;

/**
 * Every decoder of this module, for tests with bytes from anywhere: the first byte chooses one, the rest is its input. It
 * returns what a peer's bytes may lead to, and throws on anything else.
 */
final class Decoders {
  private static final List<Function<byte[], Object>> ALL =
      List.of(
          bytes -> again(bytes, EntryCodec::readSignedEntry, EntryCodec::writeSignedEntry),
          bytes -> again(bytes, EntryCodec::readEntry, EntryCodec::writeEntry),
          bytes -> again(bytes, AddressCodec::read, AddressCodec::write),
          bytes -> again(bytes, AddressCodec::readLegacy, AddressCodec::writeLegacy),
          bytes -> again(bytes, CapabilityCodec::read, CapabilityCodec::write),
          AuthorHeadsCodec::decode,
          Decoders::ticket,
          bytes -> Base32.decode(new String(bytes, StandardCharsets.ISO_8859_1)),
          bytes -> Hex.decode(new String(bytes, StandardCharsets.ISO_8859_1)),
          bytes -> new PostcardReader(bytes).string(4096),
          bytes -> new PostcardReader(bytes).socketAddress());

  /** Which of them take text of users, and say so with another exception. */
  private static final int FIRST_OF_TEXT = 7;

  private static final int LAST_OF_TEXT = 8;

  private Decoders() {}

  static void decode(byte[] input) {
    if (input.length == 0) {
      return;
    }
    int kind = Byte.toUnsignedInt(input[0]) % ALL.size();
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    try {
      if (ALL.get(kind).apply(rest) == null) {
        throw new AssertionError("nothing was decoded");
      }
    } catch (MalformedMessageException e) {
      check(e.getMessage());
    } catch (IllegalArgumentException e) {
      if (kind < FIRST_OF_TEXT || kind > LAST_OF_TEXT) {
        throw e;
      }
    }
  }

  private static void check(String sentence) {
    if (sentence.isBlank() || sentence.length() > 1000) {
      throw new AssertionError("no sentence for a person: " + sentence);
    }
  }

  private interface Writer<T> {
    void write(PostcardWriter out, T value);
  }

  /** What was read is read again from what it is written as. */
  private static <T> T again(byte[] bytes, Function<PostcardReader, T> reader, Writer<T> writer) {
    T value = reader.apply(new PostcardReader(bytes));
    PostcardWriter out = new PostcardWriter();
    writer.write(out, value);
    T again = reader.apply(new PostcardReader(out.toByteArray()));
    if (!value.equals(again)) {
      throw new AssertionError(value + " is read again as " + again);
    }
    return value;
  }

  private static Object ticket(byte[] bytes) {
    String body = new String(bytes, StandardCharsets.ISO_8859_1);
    try {
      return DocTicketCodec.parse(DocTicketCodec.PREFIX + Base32.encode(bytes));
    } catch (InvalidTicketException e) {
      return DocTicketCodec.parse(body);
    }
  }
}
