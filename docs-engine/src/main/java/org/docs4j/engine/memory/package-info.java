/** The key-value store that lives in memory only: one immutable tree for each table, shared between snapshots. */
package org.docs4j.engine.memory;
