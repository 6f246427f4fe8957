package org.docs4j.store.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A walk over every page that can be reached from a meta page. Layout of LMDB 0.9 on 64-bit machines ({@code MDB_page},
 * {@code MDB_node} in its mdb.c).
 */
final class LmdbPages {
  private static final int HEADER = 16;
  private static final int FLAGS_AT = 10;
  private static final int LOWER_AT = 12;
  private static final int RUN_AT = 12;
  private static final int BRANCH = 0x01;
  private static final int LEAF = 0x02;
  private static final int OVERFLOW = 0x04;
  private static final int NODE_HEADER = 8;
  private static final int LARGE_VALUE = 0x01;
  private static final int DATABASE = 0x02;
  private static final int DATABASE_ROOT_AT = 40;
  private static final int SHORT = 0xFFFF;

  private final FileChannel file;
  private final LmdbMeta meta;
  private final Deque<Long> waiting = new ArrayDeque<>();
  private final ByteBuffer page;
  private final ByteBuffer head = ByteBuffer.allocate(HEADER).order(ByteOrder.nativeOrder());
  private long visited;

  LmdbPages(FileChannel file, LmdbMeta meta) {
    this.file = file;
    this.meta = meta;
    page = ByteBuffer.allocate(meta.pageSize()).order(ByteOrder.nativeOrder());
  }

  /** Whether the pages at which the trees begin are there and look like such. */
  boolean begun() throws IOException {
    return root(meta.freeRoot()) && root(meta.mainRoot());
  }

  private boolean root(long number) throws IOException {
    return number == LmdbMeta.NO_PAGE || (read(number, page) && (page.getShort(FLAGS_AT) & (BRANCH | LEAF)) != 0);
  }

  /** Whether every page that can be reached is inside of the file and looks like one. */
  boolean complete() throws IOException {
    if (!follow(meta.freeRoot()) || !follow(meta.mainRoot())) {
      return false;
    }
    while (!waiting.isEmpty()) {
      // No page is reached twice in a whole file: more visits than pages mean a circle.
      if (++visited > meta.lastPage() || !read(waiting.pop(), page) || !walk()) {
        return false;
      }
    }
    return true;
  }

  private boolean follow(long number) {
    if (number == LmdbMeta.NO_PAGE) {
      return true;
    }
    if (number < LmdbMeta.COUNT || number > meta.lastPage()) {
      return false;
    }
    waiting.push(number);
    return true;
  }

  private boolean read(long number, ByteBuffer target) throws IOException {
    target.clear();
    while (target.hasRemaining()) {
      if (file.read(target, number * meta.pageSize() + target.position()) < 0) {
        return false;
      }
    }
    return target.getLong(0) == number;
  }

  private boolean walk() throws IOException {
    int flags = page.getShort(FLAGS_AT);
    if ((flags & (BRANCH | LEAF)) == 0) {
      return false;
    }
    int end = page.getShort(LOWER_AT) & SHORT;
    if (end < HEADER || end > page.capacity()) {
      return false;
    }
    for (int pointer = HEADER; pointer < end; pointer += Short.BYTES) {
      int node = page.getShort(pointer) & SHORT;
      if (node + NODE_HEADER > page.capacity() || !((flags & BRANCH) == 0 ? leaf(node) : branch(node))) {
        return false;
      }
    }
    return true;
  }

  private boolean branch(int node) {
    return follow(unsigned(node) | (unsigned(node + 2) << 16) | (unsigned(node + 4) << 32));
  }

  private boolean leaf(int node) throws IOException {
    int flags = page.getShort(node + 4);
    int data = node + NODE_HEADER + (page.getShort(node + 6) & SHORT);
    if ((flags & LARGE_VALUE) != 0) {
      return data + Long.BYTES <= page.capacity() && run(page.getLong(data));
    }
    if ((flags & DATABASE) != 0) {
      return data + DATABASE_ROOT_AT + Long.BYTES <= page.capacity() && follow(page.getLong(data + DATABASE_ROOT_AT));
    }
    return true;
  }

  /** A large value lies in a run of pages, the first of which says how many there are. */
  private boolean run(long number) throws IOException {
    if (number < LmdbMeta.COUNT || number > meta.lastPage() || !read(number, head)) {
      return false;
    }
    long pages = Integer.toUnsignedLong(head.getInt(RUN_AT));
    visited += pages;
    return (head.getShort(FLAGS_AT) & OVERFLOW) != 0 && (number + pages) * meta.pageSize() <= file.size();
  }

  private long unsigned(int at) {
    return page.getShort(at) & (long) SHORT;
  }
}
