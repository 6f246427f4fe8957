/** The gossip seam: broadcast of small messages to everyone who joined a topic (WIRE 5). */
package org.docs4j.api.spi.gossip;
