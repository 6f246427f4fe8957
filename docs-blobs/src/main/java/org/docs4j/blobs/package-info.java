/**
 * Blobs by their BLAKE3 hash: the stores {@code file} and {@code memory}, and their transfer over {@code /iroh-bytes/4}.
 *
 * <p>Applications meet only the providers here; everything they use is in {@link org.docs4j.api.spi.blobs}.
 */
package org.docs4j.blobs;
