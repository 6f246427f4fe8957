/**
 * The stores, in memory and in a folder, and what the network side needs of them: verified bytes in and out.
 *
 * <p>Methods block on files. The machines of {@link org.docs4j.blobs.bao} do the hashing.
 */
package org.docs4j.blobs.store;
