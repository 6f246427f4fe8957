/**
 * The drivers of the blob protocol: they run the machines of {@link org.docs4j.blobs.proto} over the transport seam.
 *
 * <p>A thread of the transport only hands over; files, hashing and callbacks of users run on
 * {@link org.docs4j.api.spi.ActorExecutor#io}, decisions of the downloader on a serial executor of its own.
 */
package org.docs4j.blobs.net;
