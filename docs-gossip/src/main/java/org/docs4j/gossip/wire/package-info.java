/** How gossip messages look as bytes (WIRE 5.1 and 5.2). */
package org.docs4j.gossip.wire;
