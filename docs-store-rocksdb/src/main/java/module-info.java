import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.store.rocksdb.RocksStoreProvider;
import org.jspecify.annotations.NullMarked;

/** A store on RocksDB. */
@NullMarked
module org.docs4j.store.rocksdb {
    requires transitive org.docs4j.api;
    requires rocksdbjni;

    exports org.docs4j.store.rocksdb;

    provides StoreProvider with
            RocksStoreProvider;
}
