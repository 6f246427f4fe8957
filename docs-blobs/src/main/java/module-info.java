import org.docs4j.api.spi.blobs.BlobsProvider;
import org.docs4j.blobs.FileBlobsProvider;
import org.docs4j.blobs.MemoryBlobsProvider;
import org.jspecify.annotations.NullMarked;

/** Verified blob storage and transfer. */
@NullMarked
module org.docs4j.blobs {
  requires transitive org.docs4j.api;

  exports org.docs4j.blobs;
  exports org.docs4j.blobs.bao;

  provides BlobsProvider with
      FileBlobsProvider,
      MemoryBlobsProvider;
}
