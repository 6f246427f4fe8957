package org.docs4j.transport.quic;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.random.RandomGenerator;

/** The random numbers of the environment, in the form that key generators take. */
final class EnvironmentRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private EnvironmentRandom(RandomGenerator random) {
    super(new Source(random), null);
  }

  static SecureRandom of(RandomGenerator random) {
    return random instanceof SecureRandom secure ? secure : new EnvironmentRandom(random);
  }

  private static final class Source extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    private final transient RandomGenerator random;

    private Source(RandomGenerator random) {
      this.random = random;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      byte[] seed = new byte[count];
      random.nextBytes(seed);
      return seed;
    }
  }
}
