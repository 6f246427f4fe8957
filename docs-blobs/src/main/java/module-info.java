import org.jspecify.annotations.NullMarked;

/** Verified blob storage and transfer. */
@NullMarked
module org.docs4j.blobs {
    requires transitive org.docs4j.api;
}
