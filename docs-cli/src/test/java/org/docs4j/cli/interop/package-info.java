/**
 * Tests against real nodes that others wrote: {@code mvn verify -Pinterop}.
 *
 * <p>They run in a network namespace that has only loopback ({@code src/interop/bin/java}); where none can be made all of
 * them are skipped, with a sentence. {@code -Ddocs.peer1x=PROGRAM} names the 1.x node ({@code src/interop/peers/iroh-1x}),
 * {@code -Ddocs.peersNpm=DIR} where the old ones were installed ({@code src/interop/peers/npm/install.sh DIR}); without
 * one, its tests are skipped, with a sentence.
 */
@org.jspecify.annotations.NullMarked
package org.docs4j.cli.interop;
