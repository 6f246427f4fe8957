package org.docs4j.engine.ranger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.Signature;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;

/** Makes entries for tests. */
public final class Entries {
  /** The namespace of all tests. */
  public static final NamespaceSecret NAMESPACE = NamespaceSecret.of(filled(1));

  /** Three authors. */
  public static final List<Author> AUTHORS =
      List.of(Author.of(filled(2)), Author.of(filled(3)), Author.of(filled(4)));

  private static final EntrySignature UNSIGNED =
      new EntrySignature(Signature.of(new byte[64]), Signature.of(new byte[64]));

  private Entries() {}

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** An entry without real signatures, for cores that do not look at them. */
  public static SignedEntry unsigned(Author author, String key, long micros, String content) {
    RecordIdentifier id = new RecordIdentifier(NAMESPACE.id(), author.id(), Key.of(key));
    Timestamp time = new Timestamp(micros);
    Record record =
        content.isEmpty()
            ? Record.tombstone(time)
            : new Record(content.length(), Hash.ofContent(content.getBytes(StandardCharsets.UTF_8)), time);
    return new SignedEntry(UNSIGNED, new Entry(id, record));
  }

  /** The entries of a message that has nothing else, in its order. */
  static List<SignedEntry> of(RangeMessage message) {
    return message.parts().stream()
        .flatMap(part -> ((Part.RangeItem) part).values().stream())
        .map(Part.Value::entry)
        .toList();
  }

  /** A random entry with short nested keys, few timestamps and a tombstone now and then. */
  public static SignedEntry random(RandomGenerator random, int keys) {
    StringBuilder key = new StringBuilder();
    int depth = random.nextInt(4);
    for (int i = 0; i < depth; i++) {
      key.append((char) ('a' + random.nextInt(keys)));
    }
    String content = random.nextInt(5) == 0 ? "" : "content " + random.nextInt(4);
    return unsigned(AUTHORS.get(random.nextInt(3)), key.toString(), 1 + random.nextInt(40), content);
  }
}
