/**
 * The seams simulated: time, threads and a network that run in one thread, faster than real time, and the same way for
 * the same seed.
 *
 * <p>Start with {@link org.docs4j.tck.sim.SimEnvironment}.
 */
package org.docs4j.tck.sim;
