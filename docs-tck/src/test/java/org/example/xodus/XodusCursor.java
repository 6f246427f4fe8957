package org.example.xodus;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Store;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;

/** A cursor of Xodus; after a write in its transaction it is opened anew, and the next step starts from its key. */
final class XodusCursor implements Cursor {
  private final XodusRead txn;
  private final Store rows;
  private jetbrains.exodus.env.Cursor cursor;
  private long writes;
  private Optional<Row> at = Optional.empty();
  private boolean closed;

  private record Row(ByteIterable key, ByteIterable value) {}

  XodusCursor(XodusRead txn, Store rows) {
    this.txn = txn;
    this.rows = rows;
    cursor = rows.openCursor(txn.txn());
    writes = txn.writes();
  }

  @Override
  public boolean seekCeiling(byte[] key) {
    synchronized (txn) {
      renew();
      return stand(() -> seek(XodusRead.in(key)));
    }
  }

  @Override
  public boolean seekFloor(byte[] key) {
    ByteIterable sought = XodusRead.in(key);
    synchronized (txn) {
      renew();
      return stand(() -> seek(sought) ? isAt(sought) || cursor.getPrev() : cursor.getLast());
    }
  }

  @Override
  public boolean seekLast() {
    synchronized (txn) {
      renew();
      return stand(cursor::getLast);
    }
  }

  @Override
  public boolean next() {
    synchronized (txn) {
      ByteIterable from = here().key();
      return stand(renew() ? () -> seek(from) && (!isAt(from) || cursor.getNext()) : cursor::getNext);
    }
  }

  @Override
  public boolean previous() {
    synchronized (txn) {
      ByteIterable from = here().key();
      return stand(renew() ? () -> seek(from) ? cursor.getPrev() : cursor.getLast() : cursor::getPrev);
    }
  }

  @Override
  public byte[] key() {
    synchronized (txn) {
      return XodusRead.out(here().key());
    }
  }

  @Override
  public byte[] value() {
    synchronized (txn) {
      return XodusErrors.attempt("cannot read", () -> XodusRead.out(here().value()));
    }
  }

  @Override
  public void close() {
    synchronized (txn) {
      if (!closed) {
        closed = true;
        cursor.close();
      }
    }
  }

  /** Whether there were writes since the last move, so that the cursor of Xodus is new and stands nowhere. */
  private boolean renew() {
    requireUsable();
    if (writes == txn.writes()) {
      return false;
    }
    cursor.close();
    cursor = rows.openCursor(txn.txn());
    writes = txn.writes();
    return true;
  }

  private boolean seek(ByteIterable key) {
    return cursor.getSearchKeyRange(key) != null;
  }

  private boolean isAt(ByteIterable key) {
    return cursor.getKey().compareTo(key) == 0;
  }

  private boolean stand(BooleanSupplier move) {
    at = XodusErrors.attempt("cannot read", () -> move.getAsBoolean()
        ? Optional.of(new Row(cursor.getKey(), cursor.getValue())) : Optional.empty());
    return at.isPresent();
  }

  private Row here() {
    requireUsable();
    return at.orElseThrow(() -> new IllegalStateException("the cursor stands nowhere"));
  }

  private void requireUsable() {
    txn.txn();
    if (closed) {
      throw new StoreException("the cursor is closed");
    }
  }
}
