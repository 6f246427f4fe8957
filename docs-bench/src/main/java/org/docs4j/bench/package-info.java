/** Nodes side by side, each in a process of its own: {@link org.docs4j.bench.SideBySide} asks, {@link org.docs4j.bench.Agent} answers. */
@NullMarked
package org.docs4j.bench;

import org.jspecify.annotations.NullMarked;
