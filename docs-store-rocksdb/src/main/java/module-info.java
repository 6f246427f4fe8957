import org.jspecify.annotations.NullMarked;

/** A store on RocksDB. */
@NullMarked
module org.docs4j.store.rocksdb {
    requires transitive org.docs4j.api;
    requires rocksdbjni;
}
