package org.docs4j.cli.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.docs4j.api.crypto.Blake3;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Record;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.blobs.ImportMode;
import org.docs4j.api.spi.blobs.ProgressListener;

/** Moves content between files and the blob store, empty files included; safe to use from any thread. */
final class Contents {
  private static final int SMALL = 256 << 10;

  private final BlobStore blobs;

  Contents(BlobStore blobs) {
    this.blobs = blobs;
  }

  /** Whether all of a content is here. */
  boolean isHere(Hash hash) {
    return blobs.status(hash).toContentStatus() == ContentStatus.COMPLETE;
  }

  /** Adds a file's content to the store, in the form in which it travels. */
  BlobInfo add(Path file, long size) throws IOException {
    if (size == 0) {
      return blobs.add(EmptyFiles.marker());
    }
    if (consistsOfMarkers(file, size)) {
      try (InputStream in = EmptyFiles.withOneMore(Files.newInputStream(file))) {
        return blobs.add(in, ProgressListener.NONE);
      }
    }
    if (size <= SMALL) {
      byte[] content = Files.readAllBytes(file);
      return blobs.add(content.length == 0 ? EmptyFiles.marker() : content);
    }
    return blobs.add(file, ImportMode.COPY, ProgressListener.NONE);
  }

  /** The hash that a file's content has when it travels. */
  Hash hash(Path file, long size) throws IOException {
    if (size == 0) {
      return EmptyFiles.markerHash();
    }
    Blake3 hasher = Blake3.create();
    if (consistsOfMarkers(file, size)) {
      hasher.update(EmptyFiles.marker());
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[64 << 10];
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        hasher.update(buffer, 0, n);
      }
    }
    return Hash.of(hasher.digest());
  }

  /** Writes the content that a record stands for to a new file. */
  void writeTo(Path file, Record record) throws IOException {
    Hash hash = record.hash();
    if (EmptyFiles.mayBeMarkers(record.length())) {
      try (InputStream in = open(hash)) {
        if (EmptyFiles.isMarkers(in)) {
          writeWithOneLess(file, hash);
          return;
        }
      }
    }
    if (Long.compareUnsigned(record.length(), SMALL) <= 0) {
      Files.write(file, blobs.read(hash, SMALL));
    } else {
      // Not an export: it would write to a file of its own first, while this one is a file beside already.
      try (InputStream in = open(hash)) {
        Files.copy(in, file);
      }
    }
  }

  private void writeWithOneLess(Path file, Hash hash) throws IOException {
    try (InputStream in = open(hash)) {
      in.skipNBytes(EmptyFiles.markerLength());
      Files.copy(in, file);
    }
  }

  private InputStream open(Hash hash) {
    return Channels.newInputStream(blobs.open(hash));
  }

  private static boolean consistsOfMarkers(Path file, long size) throws IOException {
    if (!EmptyFiles.mayBeMarkers(size)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return EmptyFiles.isMarkers(in);
    }
  }
}
