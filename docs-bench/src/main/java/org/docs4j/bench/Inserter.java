package org.docs4j.bench;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.docs4j.api.Doc;
import org.docs4j.api.DocsInterruptedException;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;

/** Writes many entries to a document, a given number of them in flight at once. */
final class Inserter {
  private static final int LENGTH = 5;
  private static final String ZEROS = "00000000";

  private final Doc doc;
  private final AuthorId author;
  private final Hash hash = Hash.ofContent("hello".getBytes(StandardCharsets.UTF_8));

  Inserter(Doc doc) {
    this.doc = doc;
    this.author = doc.defaultAuthor();
  }

  /** Writes entries without content at the keys prefix00000000 and following; returns when each is answered. */
  void insert(String prefix, int from, int count, int inFlight) {
    if (inFlight == 1) {
      for (int i = from; i < from + count; i++) {
        doc.setHash(author, key(prefix, i), hash, LENGTH);
      }
    } else {
      insertConcurrently(prefix, from, count, inFlight);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a failure is kept and thrown at the end
  private void insertConcurrently(String prefix, int from, int count, int inFlight) {
    Semaphore free = new Semaphore(inFlight);
    AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    try {
      for (int i = from; i < from + count && failure.get().isEmpty(); i++) {
        free.acquire();
        doc.setHashAsync(author, key(prefix, i), hash, LENGTH).whenComplete((done, failed) -> {
          if (failed != null) {
            failure.set(Optional.of(failed));
          }
          free.release();
        });
      }
      free.acquire(inFlight);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DocsInterruptedException("interrupted while inserting", e);
    }
    failure.get().ifPresent(cause -> {
      throw new CompletionException(cause);
    });
  }

  private static Key key(String prefix, int number) {
    // String.format would be a good part of what is measured.
    String digits = Integer.toString(number);
    return Key.of(prefix + ZEROS.substring(digits.length()) + digits);
  }
}
