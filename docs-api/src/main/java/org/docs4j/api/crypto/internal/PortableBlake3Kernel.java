package org.docs4j.api.crypto.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The {@link Blake3Kernel} in plain Java: one block after the other, all sixteen state words in local variables.
 *
 * <p>The seven rounds stay a loop on purpose. Unrolled, the method outgrows what the JIT compiler accepts and runs ten times slower.
 */
public final class PortableBlake3Kernel implements Blake3Kernel {
  private static final VarHandle LITTLE_ENDIAN = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BLOCK_BYTES = 64;
  private static final int BLOCK_INTS = 16;
  private static final int ROUNDS = 7;

  private static final int CHUNK_START = 1;
  private static final int CHUNK_END = 2;
  private static final int PARENT = 4;
  private static final int ROOT = 8;

  private static final int IV0 = 0x6A09E667;
  private static final int IV1 = 0xBB67AE85;
  private static final int IV2 = 0x3C6EF372;
  private static final int IV3 = 0xA54FF53A;
  private static final int IV4 = 0x510E527F;
  private static final int IV5 = 0x9B05688C;
  private static final int IV6 = 0x1F83D9AB;
  private static final int IV7 = 0x5BE0CD19;

  /** Creates a kernel; it has no state. */
  public PortableBlake3Kernel() {}

  @Override
  public void chunks(byte[] input, int offset, int count, long counter, int[] out, int outOffset) {
    int[] block = new int[BLOCK_INTS];
    for (int i = 0; i < count; i++) {
      int at = outOffset + i * CV_INTS;
      chunk(input, offset + i * CHUNK_BYTES, CHUNK_BYTES, counter + i, 0, block, out, at);
    }
  }

  @Override
  public void chunk(byte[] input, int offset, int length, long counter, boolean root, int[] out, int outOffset) {
    chunk(input, offset, length, counter, root ? ROOT : 0, new int[BLOCK_INTS], out, outOffset);
  }

  @Override
  public void parents(int[] pairs, int offset, int count, boolean root, int[] out, int outOffset) {
    int[] block = new int[BLOCK_INTS];
    for (int i = 0; i < count; i++) {
      System.arraycopy(pairs, offset + i * BLOCK_INTS, block, 0, BLOCK_INTS);
      int at = outOffset + i * CV_INTS;
      initialize(out, at);
      compress(out, at, block, 0, BLOCK_BYTES, PARENT | (root ? ROOT : 0));
    }
  }

  private static void chunk(
      byte[] input, int offset, int length, long counter, int lastFlags, int[] block, int[] out, int outOffset) {
    initialize(out, outOffset);
    int flags = CHUNK_START;
    int at = offset;
    int left = length;
    while (left > BLOCK_BYTES) {
      load(input, at, block);
      compress(out, outOffset, block, counter, BLOCK_BYTES, flags);
      flags = 0;
      at += BLOCK_BYTES;
      left -= BLOCK_BYTES;
    }
    if (left == BLOCK_BYTES) {
      load(input, at, block);
    } else {
      loadPadded(input, at, left, block);
    }
    compress(out, outOffset, block, counter, left, flags | CHUNK_END | lastFlags);
  }

  private static void initialize(int[] cv, int at) {
    cv[at] = IV0;
    cv[at + 1] = IV1;
    cv[at + 2] = IV2;
    cv[at + 3] = IV3;
    cv[at + 4] = IV4;
    cv[at + 5] = IV5;
    cv[at + 6] = IV6;
    cv[at + 7] = IV7;
  }

  private static void load(byte[] input, int offset, int[] block) {
    for (int i = 0; i < BLOCK_INTS; i++) {
      block[i] = (int) LITTLE_ENDIAN.get(input, offset + 4 * i);
    }
  }

  private static void loadPadded(byte[] input, int offset, int length, int[] block) {
    for (int i = 0; i < BLOCK_INTS; i++) {
      int word = 0;
      for (int j = 0; j < 4 && 4 * i + j < length; j++) {
        word |= (input[offset + 4 * i + j] & 0xFF) << (8 * j);
      }
      block[i] = word;
    }
  }

  /**
   * The compression function of the BLAKE3 paper (section 2.2), truncated to the new chaining value, which replaces the old one. It is
   * long because Java returns one value from a method: the state stays in local variables only as long as nothing is split off.
   */
  private static void compress(int[] cv, int at, int[] block, long counter, int blockLength, int flags) {
    int m0 = block[0], m1 = block[1], m2 = block[2], m3 = block[3];
    int m4 = block[4], m5 = block[5], m6 = block[6], m7 = block[7];
    int m8 = block[8], m9 = block[9], m10 = block[10], m11 = block[11];
    int m12 = block[12], m13 = block[13], m14 = block[14], m15 = block[15];
    int v0 = cv[at], v1 = cv[at + 1], v2 = cv[at + 2], v3 = cv[at + 3];
    int v4 = cv[at + 4], v5 = cv[at + 5], v6 = cv[at + 6], v7 = cv[at + 7];
    int v8 = IV0, v9 = IV1, v10 = IV2, v11 = IV3;
    int v12 = (int) counter, v13 = (int) (counter >>> 32), v14 = blockLength, v15 = flags;
    for (int round = 1; ; round++) {
      v0 += v4 + m0;
      v12 = Integer.rotateRight(v12 ^ v0, 16);
      v8 += v12;
      v4 = Integer.rotateRight(v4 ^ v8, 12);
      v0 += v4 + m1;
      v12 = Integer.rotateRight(v12 ^ v0, 8);
      v8 += v12;
      v4 = Integer.rotateRight(v4 ^ v8, 7);
      v1 += v5 + m2;
      v13 = Integer.rotateRight(v13 ^ v1, 16);
      v9 += v13;
      v5 = Integer.rotateRight(v5 ^ v9, 12);
      v1 += v5 + m3;
      v13 = Integer.rotateRight(v13 ^ v1, 8);
      v9 += v13;
      v5 = Integer.rotateRight(v5 ^ v9, 7);
      v2 += v6 + m4;
      v14 = Integer.rotateRight(v14 ^ v2, 16);
      v10 += v14;
      v6 = Integer.rotateRight(v6 ^ v10, 12);
      v2 += v6 + m5;
      v14 = Integer.rotateRight(v14 ^ v2, 8);
      v10 += v14;
      v6 = Integer.rotateRight(v6 ^ v10, 7);
      v3 += v7 + m6;
      v15 = Integer.rotateRight(v15 ^ v3, 16);
      v11 += v15;
      v7 = Integer.rotateRight(v7 ^ v11, 12);
      v3 += v7 + m7;
      v15 = Integer.rotateRight(v15 ^ v3, 8);
      v11 += v15;
      v7 = Integer.rotateRight(v7 ^ v11, 7);
      v0 += v5 + m8;
      v15 = Integer.rotateRight(v15 ^ v0, 16);
      v10 += v15;
      v5 = Integer.rotateRight(v5 ^ v10, 12);
      v0 += v5 + m9;
      v15 = Integer.rotateRight(v15 ^ v0, 8);
      v10 += v15;
      v5 = Integer.rotateRight(v5 ^ v10, 7);
      v1 += v6 + m10;
      v12 = Integer.rotateRight(v12 ^ v1, 16);
      v11 += v12;
      v6 = Integer.rotateRight(v6 ^ v11, 12);
      v1 += v6 + m11;
      v12 = Integer.rotateRight(v12 ^ v1, 8);
      v11 += v12;
      v6 = Integer.rotateRight(v6 ^ v11, 7);
      v2 += v7 + m12;
      v13 = Integer.rotateRight(v13 ^ v2, 16);
      v8 += v13;
      v7 = Integer.rotateRight(v7 ^ v8, 12);
      v2 += v7 + m13;
      v13 = Integer.rotateRight(v13 ^ v2, 8);
      v8 += v13;
      v7 = Integer.rotateRight(v7 ^ v8, 7);
      v3 += v4 + m14;
      v14 = Integer.rotateRight(v14 ^ v3, 16);
      v9 += v14;
      v4 = Integer.rotateRight(v4 ^ v9, 12);
      v3 += v4 + m15;
      v14 = Integer.rotateRight(v14 ^ v3, 8);
      v9 += v14;
      v4 = Integer.rotateRight(v4 ^ v9, 7);
      if (round == ROUNDS) {
        break;
      }
      int t = m0;
      m0 = m2;
      m2 = m3;
      m3 = m10;
      m10 = m12;
      m12 = m9;
      m9 = m11;
      m11 = m5;
      m5 = t;
      t = m1;
      m1 = m6;
      m6 = m4;
      m4 = m7;
      m7 = m13;
      m13 = m14;
      m14 = m15;
      m15 = m8;
      m8 = t;
    }
    cv[at] = v0 ^ v8;
    cv[at + 1] = v1 ^ v9;
    cv[at + 2] = v2 ^ v10;
    cv[at + 3] = v3 ^ v11;
    cv[at + 4] = v4 ^ v12;
    cv[at + 5] = v5 ^ v13;
    cv[at + 6] = v6 ^ v14;
    cv[at + 7] = v7 ^ v15;
  }
}
