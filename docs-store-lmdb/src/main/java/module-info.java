import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.store.lmdb.LmdbStoreProvider;
import org.jspecify.annotations.NullMarked;

/** The embedded default store, on LMDB. */
@NullMarked
module org.docs4j.store.lmdb {
    requires transitive org.docs4j.api;
    requires lmdbjava;
    requires org.objectweb.asm;
    requires org.objectweb.asm.commons;
    requires org.objectweb.asm.tree;
    requires org.objectweb.asm.tree.analysis;
    requires org.objectweb.asm.util;

    exports org.docs4j.store.lmdb;

    provides StoreProvider with
            LmdbStoreProvider;
}
