package org.docs4j.tck.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.docs4j.api.InvalidTicketException;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.wire.AddressCodec;
import org.docs4j.api.wire.AuthorHeadsCodec;
import org.docs4j.api.wire.Base32;
import org.docs4j.api.wire.CapabilityCodec;
import org.docs4j.api.wire.DocTicketCodec;
import org.docs4j.api.wire.EntryCodec;
import org.docs4j.api.wire.Hex;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.tck.DecoderList;

/**
 * The decoders of docs-api, see {@link DecoderList}: here, since that module's own tests know nothing that stands further right.
 */
final class Decoders {
  private static final DecoderList ALL =
      DecoderList.of(
          List.of(MalformedMessageException.class, InvalidTicketException.class),
          List.of(
              bytes -> again(bytes, EntryCodec::readSignedEntry, EntryCodec::writeSignedEntry),
              bytes -> again(bytes, EntryCodec::readEntry, EntryCodec::writeEntry),
              bytes -> again(bytes, AddressCodec::read, AddressCodec::write),
              bytes -> again(bytes, AddressCodec::readLegacy, AddressCodec::writeLegacy),
              bytes -> again(bytes, CapabilityCodec::read, CapabilityCodec::write),
              AuthorHeadsCodec::decode,
              Decoders::ticket,
              bytes -> text(bytes, Base32::decode),
              bytes -> text(bytes, Hex::decode),
              bytes -> new PostcardReader(bytes).string(4096),
              bytes -> new PostcardReader(bytes).socketAddress()));

  private Decoders() {}

  static void decode(byte[] input) {
    ALL.decode(input);
  }

  /** Text of users, which is refused as an argument. */
  private static void text(byte[] bytes, Consumer<String> decoder) {
    try {
      decoder.accept(new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        throw new AssertionError("nothing is said", e);
      }
    }
  }

  private interface Writer<T> {
    void write(PostcardWriter out, T value);
  }

  /** What was read is read again from what it is written as. */
  private static <T> void again(byte[] bytes, Function<PostcardReader, T> reader, Writer<T> writer) {
    T value = reader.apply(new PostcardReader(bytes));
    PostcardWriter out = new PostcardWriter();
    writer.write(out, value);
    T again = reader.apply(new PostcardReader(out.toByteArray()));
    if (!value.equals(again)) {
      throw new AssertionError(value + " is read again as " + again);
    }
  }

  private static void ticket(byte[] bytes) {
    try {
      DocTicketCodec.parse(DocTicketCodec.PREFIX + Base32.encode(bytes));
    } catch (InvalidTicketException e) {
      DocTicketCodec.parse(new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }
}
