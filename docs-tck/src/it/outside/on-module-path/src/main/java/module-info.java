/** A store of sorted maps in memory. */
module org.example.maps {
  requires transitive org.docs4j.api;

  provides org.docs4j.api.spi.store.StoreProvider with org.example.maps.MapStoreProvider;
}
