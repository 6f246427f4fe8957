package org.docs4j.api.crypto.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.crypto.internal.EdgeSignatures.Triple;
import org.docs4j.api.crypto.internal.SignatureBackend.KeySigner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One answer whatever stands beside a signature, and whatever the processor can do. */
class EdgeAnswersTest {
  private static final int LEAST_ACCEPTED = 60;

  private static final List<Triple> CASES = EdgeAnswers.cases();
  private static final BitSet EXPECTED = expected();

  static List<SignatureBackend> backends() {
    return Backends.all();
  }

  private static BitSet expected() {
    BitSet expected = new BitSet();
    for (int i = 0; i < CASES.size(); i++) {
      Triple one = CASES.get(i);
      expected.set(i, ReferenceCurve.verifyStrict(one.publicKey(), one.message(), one.signature()));
    }
    return expected;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void answers_sideBySide_areThoseOfBigIntegers(SignatureBackend backend) {
    assertTrue(EXPECTED.cardinality() > LEAST_ACCEPTED && EXPECTED.cardinality() < CASES.size() / 2, EXPECTED.toString());
    assertEquals(EXPECTED + " " + EXPECTED, EdgeAnswers.answers(backend, CASES), backend.name());
  }

  /** Without the instruction nothing goes side by side; without the compiler it is called in another way. */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:-UseFMA", "-XX:TieredStopAtLevel=1"})
  void answers_ofAnotherJvm_areTheSame(String option) throws IOException, InterruptedException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(option, "-XX:+UseSerialGC", "-Xmx256m", "-cp", classPath(), EdgeAnswers.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), "it goes on and on");
    assertEquals(0, process.exitValue(), said);
    for (SignatureBackend backend : Backends.all()) {
      assertTrue(said.contains(backend.name() + " " + EXPECTED + " " + EXPECTED + System.lineSeparator()), said);
    }
    assertTrue(!option.contains("-UseFMA") || said.contains("fast false"), said);
  }

  /** All that this JVM has on its paths, and the folder of the tests. */
  private static String classPath() throws URISyntaxException {
    Path tests = Path.of(EdgeAnswers.class.getResource("EdgeAnswers.class").toURI());
    for (int depth = EdgeAnswers.class.getName().split("\\.", -1).length; depth > 0; depth--) {
      tests = tests.getParent();
    }
    List<String> all = new ArrayList<>(List.of(tests.toString()));
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      Optional.ofNullable(System.getProperty(property)).filter(path -> !path.isEmpty()).ifPresent(all::add);
    }
    return String.join(File.pathSeparator, all);
  }

  /** Signatures that are made side by side are the only ones there can be, on every back end. */
  @ParameterizedTest
  @MethodSource("backends")
  void signAll_manySideBySide_areThoseOfOneByOne(SignatureBackend backend) {
    StrictEd25519 strict = new StrictEd25519(backend);
    List<KeySigner> signers = new ArrayList<>();
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < EdgeAnswers.CASES; i++) {
      byte[] seed = new byte[32];
      seed[0] = (byte) (i % 5);
      signers.add(strict.signer(seed));
      messages.add(new byte[i]);
    }
    List<byte[]> signatures = strict.signAll(signers, messages);
    for (int i = 0; i < messages.size(); i++) {
      byte[] seed = new byte[32];
      seed[0] = (byte) (i % 5);
      byte[] expected = new byte[64];
      org.bouncycastle.math.ec.rfc8032.Ed25519.sign(seed, 0, messages.get(i), 0, i, expected, 0);
      assertArrayEquals(expected, signatures.get(i), backend.name() + ", number " + i);
    }
  }
}
