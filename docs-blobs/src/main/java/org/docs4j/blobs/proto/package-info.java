/**
 * The pure machines of the blob protocol: what a provider and a getter do with what arrives (WIRE 6), and the order of
 * fetches. No I/O, no clock, no threads; each instance belongs to one thread of control.
 */
package org.docs4j.blobs.proto;
