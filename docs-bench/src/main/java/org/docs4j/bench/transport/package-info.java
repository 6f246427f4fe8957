/** The transport between two processes, through the seam and with the QUIC library alone. */
@NullMarked
package org.docs4j.bench.transport;

import org.jspecify.annotations.NullMarked;
