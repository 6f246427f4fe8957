package org.docs4j.engine.replica;

import java.util.List;
import java.util.function.Function;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreVersionException;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.WriteTxn;
import org.docs4j.engine.index.NodeRow;
import org.docs4j.tck.DecoderList;

/** The decoders of rows, see {@link DecoderList}, for bytes as a damaged disk may give them. */
final class RowDecoders {
  private static final byte[] SECRET = new byte[Bytes32.SIZE];

  /** The document of which the kept rows are. */
  static final NamespaceId NAMESPACE = NamespaceSecret.of(SECRET).id();

  private static final RecordIdentifier ID = Entries.id(NAMESPACE, Entries.author(1), Key.of("a"));
  private static final EndpointId ENDPOINT = new EndpointId(Bytes32.ZERO);

  private static final DecoderList ALL =
      DecoderList.of(
          List.of(StoreCorruptedException.class),
          List.of(
              NodeRow::decode,
              RowDecoders::record,
              row -> again(row, bytes -> SmallRows.capability(NAMESPACE, bytes), SmallRows::encode),
              row -> again(row, SmallRows::peers, SmallRows::encode),
              row -> again(row, SmallRows::policy, SmallRows::encode),
              row -> again(row, bytes -> SmallRows.peer(ENDPOINT, bytes), SmallRows::encode),
              row -> LongKeys.encode(LongKeys.decode(row)),
              RowDecoders::head,
              row -> again(row, bytes -> UnfinishedRows.decode(UnfinishedRows.key(NAMESPACE), bytes), UnfinishedRows::encode),
              key -> UnfinishedRows.decode(key, new byte[1]),
              RowKeys::identifier,
              RowKeys::fromByKey,
              RowDecoders::format));

  private RowDecoders() {}

  static void decode(byte[] input) {
    ALL.decode(input);
  }

  /** What was read is read again from what it is written as. */
  private static <T> void again(byte[] row, Function<byte[], T> reader, Function<T, byte[]> writer) {
    T value = reader.apply(row);
    T again = reader.apply(writer.apply(value));
    if (!value.equals(again)) {
      throw new AssertionError(value + " is read again as " + again);
    }
  }

  private static void record(byte[] row) {
    byte[] written = rewritten(row);
    if (!Bytes.of(written).equals(Bytes.of(rewritten(written)))) {
      throw new AssertionError("a record is written in two ways");
    }
  }

  private static byte[] rewritten(byte[] row) {
    return RecordRow.encode(RecordRow.decode(ID, row), RecordRow.mark(row).fingerprint(), RecordRow.isNested(row));
  }

  private static void head(byte[] row) {
    Heads.decode(row);
    Heads.isCovered(row);
    try (KeyValueStore store = StoresUnderTest.memory();
        WriteTxn txn = store.write()) {
      txn.put(Tables.HEADS, RowKeys.owner(NAMESPACE, ID.author()), row);
      new Heads(txn).of(NAMESPACE, ID.author()).newest();
    }
  }

  /** A store whose format these bytes say; it may also be of a later release, or of a store with longer keys. */
  private static void format(byte[] row) {
    try (KeyValueStore store = new WatchedStore(StoresUnderTest.memory(), 480)) {
      try (WriteTxn txn = store.write()) {
        txn.put(Tables.META, Format.KEY, row);
        txn.commit(Durability.LAZY);
      }
      LongKeys layout = Format.open(store);
      if (layout.segment() > store.maxKeyBytes()) {
        throw new AssertionError("segments of " + layout.segment() + " bytes");
      }
    } catch (StoreVersionException e) {
      // Said by a release that knows what its own format is.
    } catch (StoreCorruptedException e) {
      throw e;
    } catch (StoreException e) {
      if (!e.getClass().equals(StoreException.class)) {
        throw e;
      }
    }
  }
}
