/** Gossip as today's iroh nodes speak it, for the gossip seam; found by the name {@code plumtree}. */
package org.docs4j.gossip;
