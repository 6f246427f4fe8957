package org.docs4j.api.crypto.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.docs4j.api.crypto.internal.SignatureBackend.KeySigner;
import org.junit.jupiter.api.Test;

/** Keys that go over to a native provider while they are in use. */
final class SwitchingSignerTest {
  private static final int COUNT = 70;

  private final List<byte[]> messages = new ArrayList<>();
  private final List<byte[]> seeds = new ArrayList<>();
  private final List<byte[]> expected = new ArrayList<>();

  SwitchingSignerTest() {
    Random random = new Random(61);
    for (int i = 0; i < COUNT; i++) {
      byte[] seed = new byte[32];
      byte[] message = new byte[random.nextInt(300)];
      random.nextBytes(seed);
      random.nextBytes(message);
      seeds.add(seed);
      messages.add(message);
      expected.add(new CurveSigner(seed).sign(message));
    }
  }

  private void check(StrictEd25519 strict, List<KeySigner> signers) {
    List<byte[]> together = strict.signAll(signers, messages);
    assertEquals(COUNT, together.size());
    for (int i = 0; i < COUNT; i++) {
      assertArrayEquals(expected.get(i), signers.get(i).sign(messages.get(i)));
      assertArrayEquals(expected.get(i), together.get(i));
      assertArrayEquals(new CurveSigner(seeds.get(i)).publicKey(), signers.get(i).publicKey());
    }
  }

  @Test
  void findQuickerSigning_withSignersInUse_changesNoSignature() {
    StrictEd25519 strict = new StrictEd25519(new PortableBackend());
    List<KeySigner> signers = new ArrayList<>(seeds.stream().map(strict::signer).toList());
    check(strict, signers);
    boolean found = strict.findQuickerSigning();
    assertEquals(CorrettoBackend.load().isPresent(), found);
    assertEquals(found, strict.findQuickerSigning());
    check(strict, signers);
    for (KeySigner signer : signers) {
      assertEquals(found, !(((SwitchingSigner) signer).current() instanceof CurveSigner));
    }
  }

  @Test
  void signAll_whileSomeKeysHaveGoneOver_keepsTheOrder() {
    StrictEd25519 strict = new StrictEd25519(new PortableBackend());
    Optional<CorrettoBackend> corretto = CorrettoBackend.load();
    List<KeySigner> signers = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      Optional<CorrettoBackend> quicker = i % 3 == 0 ? corretto : Optional.empty();
      signers.add(new SwitchingSigner(seeds.get(i), () -> quicker));
    }
    check(strict, signers);
  }

  @Test
  void current_onceAQuickerWayIsThere_isPreparedOnceForTheKey() {
    AtomicReference<Optional<CorrettoBackend>> quicker = new AtomicReference<>(Optional.empty());
    SwitchingSigner signer = new SwitchingSigner(seeds.get(0), quicker::get);
    KeySigner before = signer.current();
    assertInstanceOf(CurveSigner.class, before);
    CorrettoBackend.load().ifPresent(corretto -> {
      quicker.set(Optional.of(corretto));
      assertNotSame(before, signer.current());
      assertSame(signer.current(), signer.current());
      assertArrayEquals(expected.get(0), signer.sign(messages.get(0)));
    });
  }

  @Test
  void findQuickerSigning_portableDemanded_findsNothing() {
    String before = System.getProperty(StrictEd25519.PROPERTY, "");
    System.setProperty(StrictEd25519.PROPERTY, "portable");
    try {
      StrictEd25519 strict = StrictEd25519.create();
      List<KeySigner> signers = new ArrayList<>(seeds.stream().map(strict::signer).toList());
      assertFalse(strict.findQuickerSigning());
      check(strict, signers);
    } finally {
      System.setProperty(StrictEd25519.PROPERTY, before);
    }
  }
}
