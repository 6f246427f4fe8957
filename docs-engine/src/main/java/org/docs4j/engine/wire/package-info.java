/** The messages of document sync (WIRE 4.3) and of its gossip (WIRE 5.5), and their bytes. */
package org.docs4j.engine.wire;
