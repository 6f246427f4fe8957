/**
 * Range-based set reconciliation (WIRE 4.4 to 4.6) as a pure core: ranges, fingerprints and items in, the parts of the
 * reply out. No I/O, no clock, no threads.
 *
 * <p>The scheme is that of Aljoscha Meyer, "Range-Based Set Reconciliation" (2022), with the fingerprints of WIRE 3.7.
 */
package org.docs4j.engine.ranger;
