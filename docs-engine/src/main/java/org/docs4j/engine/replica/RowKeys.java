package org.docs4j.engine.replica;

import java.util.Arrays;
import java.util.Optional;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;

/**
 * The keys of rows. A record stands at its identifier; in the by-key table the key comes before the author and is
 * escaped so that order and prefixes of keys survive: a zero byte becomes {@code 00 01}, the end is {@code 00 00}.
 */
final class RowKeys {
  /** Bytes of namespace and author. */
  static final int OWNER = 2 * Bytes32.SIZE;

  /** The longest row key there is: the by-key row of a key of nothing but zeros. */
  static final int MAX_BYTES = OWNER + 2 * Key.MAX_BYTES + 2;

  private static final byte ESCAPED_ZERO = 1;

  /** Bytes of what ends an escaped key. */
  private static final int END = 2;

  private RowKeys() {}

  /** Namespace and author, with which all records of an author begin. */
  static byte[] owner(NamespaceId namespace, AuthorId author) {
    byte[] row = new byte[OWNER];
    namespace.bytes().writeTo(row, 0);
    author.bytes().writeTo(row, Bytes32.SIZE);
    return row;
  }

  /** Namespace and another 32 bytes. */
  static byte[] pair(NamespaceId namespace, Bytes32 second) {
    byte[] row = new byte[2 * Bytes32.SIZE];
    namespace.bytes().writeTo(row, 0);
    second.writeTo(row, Bytes32.SIZE);
    return row;
  }

  /** The first bytes of the records of an author below a prefix. */
  static byte[] record(NamespaceId namespace, AuthorId author, Key prefix) {
    return new RecordIdentifier(namespace, author, prefix).encode();
  }

  /** The identifier that a record's row key is. */
  static RecordIdentifier identifier(byte[] row) {
    if (row.length < OWNER || row.length - OWNER > Key.MAX_BYTES) {
      throw new StoreCorruptedException("a record has a row key of " + row.length + " bytes");
    }
    return RecordIdentifier.decode(row);
  }

  /** The by-key row of an identifier. */
  static byte[] byKey(RecordIdentifier id) {
    byte[] row = byKey(id.namespace(), id.key(), END + Bytes32.SIZE);
    id.author().bytes().writeTo(row, keyEnd(row));
    return row;
  }

  /** With which the by-key rows of all authors at one key begin. */
  static byte[] byKeyExact(NamespaceId namespace, Key key) {
    return byKey(namespace, key, END);
  }

  /** With which the by-key rows of all keys that start with a prefix begin. */
  static byte[] byKeyPrefix(NamespaceId namespace, Key prefix) {
    return byKey(namespace, prefix, 0);
  }

  /** Namespace and escaped key, and so many zero bytes behind them. */
  private static byte[] byKey(NamespaceId namespace, Key key, int more) {
    Bytes bytes = key.bytes();
    int zeros = 0;
    for (int i = 0; i < bytes.size(); i++) {
      zeros += bytes.at(i) == 0 ? 1 : 0;
    }
    byte[] row = new byte[Bytes32.SIZE + bytes.size() + zeros + more];
    namespace.bytes().writeTo(row, 0);
    int at = Bytes32.SIZE;
    for (int i = 0; i < bytes.size(); i++) {
      row[at++] = bytes.at(i);
      if (bytes.at(i) == 0) {
        row[at++] = ESCAPED_ZERO;
      }
    }
    return row;
  }

  /** How many bytes of a by-key row stand before the author: namespace, escaped key and its end. */
  static int keyEnd(byte[] byKeyRow) {
    return byKeyRow.length - Bytes32.SIZE;
  }

  /** The identifier of which a row is the by-key row. */
  static RecordIdentifier fromByKey(byte[] row) {
    int end = keyEnd(row) - END;
    if (end < Bytes32.SIZE || row[end] != 0 || row[end + 1] != 0) {
      throw new StoreCorruptedException("a by-key row of " + row.length + " bytes has no end of its key");
    }
    byte[] key = new byte[end - Bytes32.SIZE];
    int size = 0;
    for (int i = Bytes32.SIZE; i < end; i++) {
      key[size++] = row[i];
      if (row[i] == 0) {
        i++;
      }
    }
    return new RecordIdentifier(
        new NamespaceId(Bytes32.of(row, 0)),
        new AuthorId(Bytes32.of(row, end + END)),
        new Key(Bytes.of(key, 0, size)));
  }

  /** Whether a row begins with the given bytes. */
  static boolean startsWith(byte[] row, byte[] prefix) {
    return row.length >= prefix.length && Arrays.equals(row, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** The smallest bytes above a row. */
  static byte[] next(byte[] row) {
    return Arrays.copyOf(row, row.length + 1);
  }

  /** The smallest bytes above all that begin with a prefix, unless these reach to the very end. */
  static Optional<byte[]> above(byte[] prefix) {
    int length = prefix.length;
    while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
      length--;
    }
    if (length == 0) {
      return Optional.empty();
    }
    byte[] bound = Arrays.copyOf(prefix, length);
    bound[length - 1]++;
    return Optional.of(bound);
  }
}
