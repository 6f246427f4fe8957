/** What carries gossip between nodes: connections, a stream for each topic and direction, and the listeners. */
package org.docs4j.gossip.net;
