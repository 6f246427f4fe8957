import org.jspecify.annotations.NullMarked;

/** The document engine: replicas, reconciliation and live sync. */
@NullMarked
module org.docs4j.engine {
    requires transitive org.docs4j.api;
}
