/** JMH benchmarks of single parts; {@link org.docs4j.bench.jmh.Benchmarks} runs them. */
@NullMarked
package org.docs4j.bench.jmh;

import org.jspecify.annotations.NullMarked;
