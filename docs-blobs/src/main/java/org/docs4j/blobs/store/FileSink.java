package org.docs4j.blobs.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.ContentMismatchException;
import org.docs4j.api.DocsException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.blobs.BlobInfo;

/**
 * A blob that arrives in a folder. A small one waits in memory; for a large one files are made when its first data was
 * verified, and grow with what is verified.
 */
final class FileSink implements BlobSink {
  private final FileBlobStore store;
  private final Hash hash;
  private final List<byte[]> earlyParents = new ArrayList<>();
  private Optional<Files> files = Optional.empty();
  private Optional<byte[]> small = Optional.empty();
  private long prefix;
  private long claimed;
  /** The blob became complete in another way, so that what arrives is not needed any more. */
  private boolean overtaken;

  private boolean complete;
  private boolean closed;

  private record Files(RandomAccessFile data, OutboardFile outboard) {}

  /** A sink that has so many verified bytes from before. */
  FileSink(FileBlobStore store, Hash hash, long prefix) {
    this.store = store;
    this.hash = hash;
    this.prefix = prefix;
  }

  @Override
  public long verifiedBytes() {
    return prefix;
  }

  @Override
  public void size(long size) {
    if (prefix > 0 && size <= prefix) {
      throw new ContentMismatchException(
          "a peer claims " + size + " bytes for blob " + hash.shortText() + ", of which more are verified");
    }
    claimed = size;
    if (prefix > 0) {
      create();
    }
  }

  @Override
  public void parent(long index, byte[] pair) {
    if (overtaken) {
      return;
    }
    if (files.isEmpty()) {
      earlyParents.add(pair.clone());
      return;
    }
    try {
      files.get().outboard.writeParent(index, pair);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void leaf(long offset, byte[] data, int start, int length) {
    if (claimed <= FileBlobStore.SMALL_BYTES) {
      small = Optional.of(Arrays.copyOfRange(data, start, start + length));
      return;
    }
    if (files.isEmpty() && !overtaken) {
      create();
    }
    if (overtaken) {
      return;
    }
    Files target = files.orElseThrow();
    try {
      if (offset != prefix) {
        target.data.seek(offset);
      }
      target.data.write(data, start, length);
      prefix = offset + length;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Opens the files; the parents that came before the first group are the first ones in pre-order. */
  private void create() {
    try {
      overtaken = !store.catalog().beginPartial(hash, claimed);
      if (overtaken) {
        earlyParents.clear();
        return;
      }
      RandomAccessFile data = new RandomAccessFile(store.catalog().folder().data(hash).toFile(), "rw");
      Files created = new Files(data, OutboardFile.write(store.catalog().folder().outboard(hash)));
      files = Optional.of(created);
      data.seek(prefix);
      created.outboard.writeSize(claimed);
      for (int i = 0; i < earlyParents.size(); i++) {
        created.outboard.writeParent(i, earlyParents.get(i));
      }
      earlyParents.clear();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public BlobInfo complete() {
    try {
      if (small.isPresent()) {
        store.addSmall(hash, small.get());
      } else if (!overtaken) {
        files.orElseThrow().data.setLength(claimed);
        store.catalog().completePartial(hash, claimed);
      }
    } catch (IOException e) {
      throw failed(e);
    }
    complete = true;
    return new BlobInfo(hash, claimed);
  }

  private DocsException failed(IOException cause) {
    return DiskErrors.translate("blob " + hash.shortText() + " cannot be stored", store.catalog().folder().root(), cause);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (files.isPresent()) {
        files.get().data.close();
        files.get().outboard.close();
      }
    } catch (IOException e) {
      throw failed(e);
    } finally {
      store.sinkClosed(hash, complete || files.isEmpty() ? 0 : prefix);
    }
  }
}
