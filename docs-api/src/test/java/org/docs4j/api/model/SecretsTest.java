package org.docs4j.api.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.docs4j.api.DocTicket;
import org.docs4j.api.crypto.Ed25519;
import org.docs4j.api.testkit.Vectors;
import org.docs4j.api.wire.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsTest {
  private static final byte[] SEED = HexFormat.of().parseHex("c3".repeat(16) + "5a".repeat(16));

  static List<?> authorsOfRealNodes() {
    return (List<?>) Vectors.within(Vectors.resource("tickets_authors.json"), "authors");
  }

  @ParameterizedTest
  @MethodSource("authorsOfRealNodes")
  void author_ofRealNode_hasItsId(Map<?, ?> real) {
    Author author = Author.parse((String) real.get("exportedString"));
    assertEquals(real.get("authorId"), author.id().toString());
    assertEquals(real.get("ed25519PublicFromSeed"), author.id().toString());
    assertEquals(real.get("secretSeedHex"), HexFormat.of().formatHex(author.toByteArray()));
  }

  @Test
  void toString_ofAnythingWithSecret_doesNotShowIt() {
    NamespaceSecret namespace = NamespaceSecret.of(SEED);
    DocTicket ticket =
        new DocTicket(
            new Capability.Write(namespace), List.of(EndpointAddr.of(EndpointSecret.of(SEED).id())));
    String shown =
        Author.of(SEED) + " " + namespace + " " + EndpointSecret.of(SEED) + " " + new Capability.Write(namespace) + ticket;
    assertFalse(shown.contains(HexFormat.of().formatHex(SEED)));
    assertFalse(shown.contains(Base32.encode(SEED)));
    assertTrue(shown.contains(namespace.id().toString()));
  }

  @Test
  void failure_ofParse_doesNotShowTheText() {
    String almost = HexFormat.of().formatHex(SEED).substring(1) + "x";
    for (String text : List.of(almost, almost + "0", almost.substring(12))) {
      for (Runnable parse :
          List.<Runnable>of(
              () -> Author.parse(text), () -> NamespaceSecret.parse(text), () -> EndpointSecret.parse(text))) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, parse::run);
        assertFalse(e.getMessage().contains(text.substring(20, 40)), e.getMessage());
      }
    }
  }

  @Test
  void secret_isReadFromBothTextsAndEqualByItsBytes() {
    String hex = HexFormat.of().formatHex(SEED);
    assertEquals(Author.of(SEED), Author.parse(hex));
    assertEquals(NamespaceSecret.of(SEED), NamespaceSecret.parse(Base32.encode(SEED)));
    assertEquals(EndpointSecret.of(SEED).hashCode(), EndpointSecret.parse(hex).hashCode());
    assertNotEquals(Author.of(SEED), Author.of(new byte[32]));
    assertThrows(IllegalArgumentException.class, () -> Author.of(new byte[31]));
  }

  @Test
  void secret_sharesNoArray() {
    byte[] seed = SEED.clone();
    Author author = Author.of(seed);
    seed[0] = 0;
    author.toByteArray()[0] = 0;
    assertArrayEquals(SEED, author.toByteArray());
    assertNotSame(author.toByteArray(), author.toByteArray());
  }

  @Test
  void random_ofSameGenerator_isTheSame() {
    assertEquals(Author.random(new Random(7)), Author.random(new Random(7)));
    assertNotEquals(Author.random(new Random(7)), Author.random(new Random(8)));
  }

  @Test
  void sign_isVerifiedWithTheId() {
    byte[] message = {1, 2, 3};
    assertTrue(
        Ed25519.verify(
            Author.of(SEED).id().toByteArray(), message, Author.of(SEED).sign(message).toByteArray()));
    NamespaceSecret namespace = NamespaceSecret.of(SEED);
    assertTrue(Ed25519.verify(namespace.id().toByteArray(), message, namespace.sign(message).toByteArray()));
    assertThrows(IllegalArgumentException.class, () -> Signature.of(new byte[63]));
  }

  @Test
  void capability_toRead_losesTheSecret() {
    Capability write = new Capability.Write(NamespaceSecret.of(SEED));
    assertEquals(Capability.Kind.WRITE, write.kind());
    assertEquals(new Capability.Read(write.id()), write.toRead());
    assertEquals(Capability.Kind.READ, write.toRead().kind());
    assertTrue(Capability.Kind.READ.compareTo(Capability.Kind.WRITE) < 0);
  }
}
