/** The requests of the blob protocol in their bytes (WIRE 6.1). */
package org.docs4j.blobs.wire;
