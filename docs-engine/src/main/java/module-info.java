import org.docs4j.api.spi.EngineProvider;
import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.engine.DocsEngineProvider;
import org.docs4j.engine.memory.MemoryStoreProvider;
import org.jspecify.annotations.NullMarked;

/** The document engine: replicas, reconciliation and live sync. */
@NullMarked
module org.docs4j.engine {
  requires transitive org.docs4j.api;

  exports org.docs4j.engine;

  provides EngineProvider with
      DocsEngineProvider;
  provides StoreProvider with
      MemoryStoreProvider;
}
