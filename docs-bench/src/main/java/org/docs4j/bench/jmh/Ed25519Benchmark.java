package org.docs4j.bench.jmh;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.crypto.Ed25519;
import org.docs4j.api.crypto.internal.CorrettoBackend;
import org.docs4j.api.crypto.internal.PortableBackend;
import org.docs4j.api.crypto.internal.SignatureBackend;
import org.docs4j.api.crypto.internal.SignatureBackend.KeySigner;
import org.docs4j.api.crypto.internal.SignatureBackend.KeyVerifier;
import org.docs4j.api.crypto.internal.StrictEd25519;
import org.docs4j.api.crypto.internal.VerificationBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Signatures of messages as long as those of entries with short keys, by one key, with each back end that loads here. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Ed25519Benchmark {
  private static final int MESSAGE_BYTES = 122;
  private static final int MESSAGES = 64;

  /** Which back end; {@link Benchmarks} leaves out what does not load. */
  @Param({"portable", "corretto"})
  public String backend = "";

  private final byte[] seed = new byte[Ed25519.SEED_BYTES];
  private final List<byte[]> messages = new ArrayList<>();
  private final List<byte[]> signatures = new ArrayList<>();
  private StrictEd25519 ed25519 = StrictEd25519.create();
  private KeySigner signer = ed25519.signer(seed);
  private byte[] publicKey = new byte[0];
  private KeyVerifier seldom = (message, signature) -> false;
  private int next;

  /** The back ends that load here, by name. */
  static Map<String, SignatureBackend> loadable() {
    Map<String, SignatureBackend> found = new LinkedHashMap<>();
    found.put("portable", new PortableBackend());
    CorrettoBackend.load().ifPresent(corretto -> found.put("corretto", corretto));
    return found;
  }

  /** Makes a key, messages and their signatures. */
  @Setup
  public void sign() {
    ed25519 = new StrictEd25519(loadable().get(backend));
    Random random = new Random(1);
    random.nextBytes(seed);
    signer = ed25519.signer(seed);
    publicKey = signer.publicKey();
    seldom = loadable().get(backend).verifier(publicKey);
    for (int i = 0; i < MESSAGES; i++) {
      byte[] message = new byte[MESSAGE_BYTES];
      random.nextBytes(message);
      messages.add(message);
      signatures.add(signer.sign(message));
    }
  }

  /** One signature. */
  @Benchmark
  public byte[] signOne() {
    return signer.sign(messages.get(next()));
  }

  /** One verification for a key that comes seldom. */
  @Benchmark
  public boolean verifySeldom() {
    int index = next();
    return seldom.verify(messages.get(index), signatures.get(index));
  }

  /** One verification for a key that comes often. */
  @Benchmark
  public boolean verifyOne() {
    int index = next();
    return ed25519.verify(publicKey, messages.get(index), signatures.get(index));
  }

  /** As many verifications as there are messages, in one batch. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public BitSet verifyBatch() {
    VerificationBatch batch = ed25519.batch();
    for (int i = 0; i < MESSAGES; i++) {
      batch.add(publicKey, messages.get(i), signatures.get(i));
    }
    return batch.valid();
  }

  private int next() {
    next = (next + 1) % MESSAGES;
    return next;
  }
}
