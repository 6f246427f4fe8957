import org.jspecify.annotations.NullMarked;

/** A store on RocksDB. */
@NullMarked
module org.docs4j.store.rocksdb {
    requires org.docs4j.api;
    requires rocksdbjni;
}
