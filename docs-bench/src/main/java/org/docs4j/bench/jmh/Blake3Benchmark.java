package org.docs4j.bench.jmh;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.crypto.Blake3;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Hashing of an array at once: a chunk, a chunk group, a large blob. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Blake3Benchmark {
  /** How many bytes are hashed. */
  @Param({"1024", "16384", "1048576"})
  public int bytes;

  private byte[] input = new byte[0];

  /** Makes the input. */
  @Setup
  public void fill() {
    input = new byte[bytes];
    new Random(1).nextBytes(input);
  }

  /** One hash. */
  @Benchmark
  public byte[] hash() {
    return Blake3.hash(input);
  }
}
