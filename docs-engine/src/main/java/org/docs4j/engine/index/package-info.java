/**
 * The range index: count and fingerprint of any range of a document in O(log n), as a B+tree over buckets of records.
 *
 * <p>The tree knows identifiers as byte strings and never keeps one: it keeps the shortest bytes that part two buckets.
 * The records themselves stay in their table. What it stores are the rows of {@link org.docs4j.engine.index.NodeRows}.
 */
package org.docs4j.engine.index;
