/**
 * Everything that documents need from a store, built once on the key-value seam: records and their indexes, heads,
 * capabilities, authors, peers, policies and wanted content, and the insert rule (WIRE 3.3).
 */
package org.docs4j.engine.replica;
