/**
 * The blob seam: content by BLAKE3 hash, verified, and its transfer between peers (WIRE 6).
 *
 * <p>Methods of {@link org.docs4j.api.spi.blobs.BlobStore} block on files: never call them on an actor or a thread of
 * the transport.
 */
package org.docs4j.api.spi.blobs;
