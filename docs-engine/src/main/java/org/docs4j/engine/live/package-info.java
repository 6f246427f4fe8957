/**
 * Live sync (WIRE 4.8, 4.9 and 5): who syncs which document with whom and when, what content is wanted and from whom, and the driver
 * that carries it out.
 *
 * <p>{@link org.docs4j.engine.live.LiveState} and {@link org.docs4j.engine.live.ContentQueue} are pure: no I/O, no clock,
 * no threads.
 */
package org.docs4j.engine.live;
