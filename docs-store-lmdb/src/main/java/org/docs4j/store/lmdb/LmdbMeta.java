package org.docs4j.store.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * A meta page of an LMDB file: where the trees of one transaction begin. There are two, written in turn; the one of the
 * later transaction counts. Layout of LMDB 0.9 on 64-bit machines ({@code MDB_page}, {@code MDB_meta} in its mdb.c), in
 * the byte order of the machine.
 *
 * @param pageSize in bytes
 * @param mapSize the greatest size in bytes that the file was allowed, so far
 * @param freeRoot the root page of the tree of free pages, or {@link #NO_PAGE}
 * @param mainRoot the root page of the tree of databases, or {@link #NO_PAGE}
 * @param lastPage the greatest page number in use
 * @param transaction the number of the transaction that wrote it
 */
record LmdbMeta(int pageSize, long mapSize, long freeRoot, long mainRoot, long lastPage, long transaction) {
  /** The root of an empty tree. */
  static final long NO_PAGE = -1;

  /** How many meta pages there are, at the beginning of the file. */
  static final int COUNT = 2;

  private static final int SIZE = 152;
  private static final int MAGIC = 0xBEEFC0DE;
  private static final int VERSION = 1;
  private static final int META_FLAG = 0x08;
  private static final int FLAGS_AT = 10;
  private static final int MAGIC_AT = 16;
  private static final int VERSION_AT = 20;
  private static final int MAP_SIZE_AT = 32;
  private static final int PAGE_SIZE_AT = 40;
  private static final int FREE_FLAGS_AT = 44;
  private static final int FREE_DEPTH_AT = 46;
  private static final int FREE_ROOT_AT = 80;
  private static final int MAIN_FLAGS_AT = 92;
  private static final int MAIN_DEPTH_AT = 94;
  private static final int MAIN_ROOT_AT = 128;
  private static final int LAST_PAGE_AT = 136;
  private static final int TRANSACTION_AT = 144;
  private static final int INTEGER_KEYS = 0x08;
  private static final int MAX_DEPTH = 32;
  private static final int LEAST_PAGE_SIZE = 512;
  private static final int GREATEST_PAGE_SIZE = 65_536;

  /** Reads a meta page; empty if there is none of this version at that place. */
  static Optional<LmdbMeta> read(FileChannel file, long position) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
    while (page.hasRemaining()) {
      if (file.read(page, position + page.position()) < 0) {
        return Optional.empty();
      }
    }
    if ((page.getShort(FLAGS_AT) & META_FLAG) == 0 || page.getInt(MAGIC_AT) != MAGIC
        || page.getInt(VERSION_AT) != VERSION || page.getShort(FREE_FLAGS_AT) != INTEGER_KEYS
        || page.getShort(MAIN_FLAGS_AT) != 0 || !deep(page, FREE_DEPTH_AT, FREE_ROOT_AT)
        || !deep(page, MAIN_DEPTH_AT, MAIN_ROOT_AT)) {
      return Optional.empty();
    }
    LmdbMeta meta = new LmdbMeta(
        page.getInt(PAGE_SIZE_AT), page.getLong(MAP_SIZE_AT), page.getLong(FREE_ROOT_AT), page.getLong(MAIN_ROOT_AT),
        page.getLong(LAST_PAGE_AT), page.getLong(TRANSACTION_AT));
    return meta.plausible() ? Optional.of(meta) : Optional.empty();
  }

  private static boolean deep(ByteBuffer page, int depthAt, int rootAt) {
    int depth = page.getShort(depthAt);
    return page.getLong(rootAt) == NO_PAGE ? depth == 0 : depth > 0 && depth <= MAX_DEPTH;
  }

  private boolean plausible() {
    return pageSize >= LEAST_PAGE_SIZE && pageSize <= GREATEST_PAGE_SIZE && Integer.bitCount(pageSize) == 1
        && mapSize > 0 && lastPage >= COUNT - 1 && lastPage < mapSize / pageSize
        && plausible(freeRoot) && plausible(mainRoot);
  }

  private boolean plausible(long root) {
    return root == NO_PAGE || (root >= COUNT && root <= lastPage);
  }

  /** How long the file is when every page up to the last one was written, in bytes. */
  long fullLength() {
    return (lastPage + 1) * pageSize;
  }
}
