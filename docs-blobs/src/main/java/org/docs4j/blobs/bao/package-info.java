/**
 * BLAKE3 verified streaming: the shape of the tree, ranges of chunks, and the machines that encode and decode responses
 * (WIRE 6.2).
 *
 * <p>Pure: nothing here does I/O, reads a clock, starts a thread or logs. A chunk is 1 KiB, a group is 16 chunks; hashes
 * of the tree are kept and sent at the level of groups, below only where a request cuts a group. Unless a type says
 * otherwise it is immutable; the machines belong to one thread at a time.
 */
package org.docs4j.blobs.bao;
