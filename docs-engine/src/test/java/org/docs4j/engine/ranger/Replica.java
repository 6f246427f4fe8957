package org.docs4j.engine.ranger;

import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.SignedEntry;

/** Entries of the tests' document under some insert rule. */
public interface Replica extends EntrySink, AutoCloseable {
  /** Applies the insert rule; returns the entry that forbids it. */
  Optional<SignedEntry> put(SignedEntry entry);

  @Override
  default Optional<SignedEntry> offer(Part.Value value) {
    return put(value.entry());
  }

  /** What reconciliation sees. */
  RangeView view();

  /** All entries in order. */
  List<SignedEntry> all();

  @Override
  default void close() {}
}
