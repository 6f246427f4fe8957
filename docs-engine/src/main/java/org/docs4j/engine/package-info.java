/** The document engine: puts the seams together into a node. */
package org.docs4j.engine;
