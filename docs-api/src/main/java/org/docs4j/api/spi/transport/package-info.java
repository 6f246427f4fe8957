/**
 * The transport seam: authenticated connections between endpoints known by their Ed25519 key, with multiplexed,
 * flow-controlled streams.
 *
 * <p>The rules {@code transport2xx} stand beside the methods. Every asynchronous stage is completed on a thread of the
 * transport or at once in the caller's; whoever continues a stage must not block there, and moves on to an executor of
 * its own for anything long. A stage that completes at once never makes the implementation recurse (transport250).
 */
package org.docs4j.api.spi.transport;
