package org.docs4j.api.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** BLAKE3 as the paper tells it, slow and recursive, sharing no code with the real one: what the tests compare with. */
final class ReferenceBlake3 {
  private static final int[] IV = {
    0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19
  };
  private static final int[] PERMUTATION = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};
  private static final int[][] MIXES = {
    {0, 4, 8, 12}, {1, 5, 9, 13}, {2, 6, 10, 14}, {3, 7, 11, 15}, {0, 5, 10, 15}, {1, 6, 11, 12}, {2, 7, 8, 13}, {3, 4, 9, 14}
  };

  private ReferenceBlake3() {}

  static byte[] hash(byte[] input) {
    return node(input, 0, true);
  }

  static byte[] node(byte[] input, long counter, boolean root) {
    if (input.length <= 1024) {
      return chunk(input, counter, root);
    }
    int chunks = (input.length + 1023) / 1024;
    int left = 1;
    while (left * 2 < chunks) {
      left *= 2;
    }
    byte[] leftValue = node(Arrays.copyOfRange(input, 0, left * 1024), counter, false);
    byte[] rightValue = node(Arrays.copyOfRange(input, left * 1024, input.length), counter + left, false);
    return parent(leftValue, rightValue, root);
  }

  static byte[] parent(byte[] left, byte[] right, boolean root) {
    byte[] block = Arrays.copyOf(left, 64);
    System.arraycopy(right, 0, block, 32, 32);
    return bytes(compress(IV, block, 0, 64, root ? 4 | 8 : 4));
  }

  private static byte[] chunk(byte[] input, long counter, boolean root) {
    int blocks = Math.max(1, (input.length + 63) / 64);
    int[] value = IV;
    for (int i = 0; i < blocks; i++) {
      int length = Math.min(64, input.length - 64 * i);
      byte[] block = Arrays.copyOf(Arrays.copyOfRange(input, 64 * i, 64 * i + length), 64);
      int flags = (i == 0 ? 1 : 0) | (i == blocks - 1 ? 2 | (root ? 8 : 0) : 0);
      value = compress(value, block, counter, length, flags);
    }
    return bytes(value);
  }

  private static int[] compress(int[] value, byte[] block, long counter, int length, int flags) {
    int[] message = new int[16];
    ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(message);
    int[] state = Arrays.copyOf(value, 16);
    System.arraycopy(IV, 0, state, 8, 4);
    state[12] = (int) counter;
    state[13] = (int) (counter >>> 32);
    state[14] = length;
    state[15] = flags;
    for (int round = 0; round < 7; round++) {
      for (int i = 0; i < MIXES.length; i++) {
        mix(state, MIXES[i], message[2 * i], message[2 * i + 1]);
      }
      int[] permuted = new int[16];
      for (int i = 0; i < 16; i++) {
        permuted[i] = message[PERMUTATION[i]];
      }
      message = permuted;
    }
    int[] result = new int[8];
    for (int i = 0; i < 8; i++) {
      result[i] = state[i] ^ state[i + 8];
    }
    return result;
  }

  private static void mix(int[] s, int[] at, int x, int y) {
    s[at[0]] += s[at[1]] + x;
    s[at[3]] = Integer.rotateRight(s[at[3]] ^ s[at[0]], 16);
    s[at[2]] += s[at[3]];
    s[at[1]] = Integer.rotateRight(s[at[1]] ^ s[at[2]], 12);
    s[at[0]] += s[at[1]] + y;
    s[at[3]] = Integer.rotateRight(s[at[3]] ^ s[at[0]], 8);
    s[at[2]] += s[at[3]];
    s[at[1]] = Integer.rotateRight(s[at[1]] ^ s[at[2]], 7);
  }

  private static byte[] bytes(int[] value) {
    ByteBuffer buffer = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asIntBuffer().put(value);
    return buffer.array();
  }
}
