package org.docs4j.api.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.docs4j.api.DocTicket;
import org.docs4j.api.InvalidTicketException;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.TransportAddr;
import org.docs4j.api.testkit.Seeded;
import org.docs4j.api.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused and how it is said; random tickets; cut and altered ones. */
class DocTicketTest {
  private static final String SECRET = "01".repeat(32);
  private static final EndpointId PEER = EndpointId.parse(Vectors.string("keys", "endpoint", "public"));

  static Stream<String> realTickets() {
    return Stream.concat(
        Stream.concat(
                DocTicketVectorsTest.ticketsOf035().stream(), DocTicketVectorsTest.ticketsOf1x().stream())
            .map(ticket -> (String) Vectors.within(ticket, "ticket")),
        Vectors.map("tickets").keySet().stream()
            .filter(name -> name.toString().startsWith("doc_"))
            .map(name -> Vectors.string("tickets", name, "string")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | the ticket is empty",
        "hello | this is no document ticket: those begin with doc, in lower case",
        "DOCaaa | this is no document ticket: those begin with doc, in lower case",
        "blobabc | this is a ticket for a blob, not for a document",
        "nodeabc | this is a ticket for an endpoint, not for a document",
        "endpointabc | this is a ticket for an endpoint, not for a document",
        "doc | the ticket is cut or was altered: 1 bytes expected, 0 are left (at byte 0)",
        "doca | the ticket is cut or was altered: no bytes have base32 text of length 1",
        "docaa1a | the ticket is cut or was altered: not a base32 character at index 2",
        "docaeaa | the ticket is of a kind that is not known here: version 1",
        "docaabq | the ticket is cut or was altered: there is no capability of kind 3 (at byte 1)",
      })
  void parse_ofOtherText_saysWhatItIs(String text, String sentence) {
    assertEquals(sentence, assertThrows(InvalidTicketException.class, () -> DocTicket.parse(text)).getMessage());
  }

  @Test
  void parse_withoutPeers_isRefused() {
    String ticket = "doc" + Base32.encode(new PostcardWriter().u8(0).u8(1).fixed(new byte[32]).u8(0).toByteArray());
    InvalidTicketException e = assertThrows(InvalidTicketException.class, () -> DocTicket.parse(ticket));
    assertEquals("the ticket names no peer", e.getMessage());
    Capability capability = DocTicket.parse(realTickets().findFirst().orElseThrow()).capability();
    assertThrows(InvalidTicketException.class, () -> new DocTicket(capability, List.of()));
  }

  @Test
  void parse_ofHugeText_isRefused() {
    InvalidTicketException e =
        assertThrows(InvalidTicketException.class, () -> DocTicket.parse("doc" + "a".repeat(64 * 1024)));
    assertEquals("a ticket has at most 65536 characters, this text has 65539", e.getMessage());
  }

  @Test
  void parse_ofEndpointThatIsNoPoint_isRefused() {
    byte[] noPoint = new byte[32];
    noPoint[0] = 2;
    byte[] bytes = new PostcardWriter().u8(0).u8(1).fixed(new byte[32]).u8(1).fixed(noPoint).u8(0).toByteArray();
    assertThrows(InvalidTicketException.class, () -> DocTicket.parse("doc" + Base32.encode(bytes)));
  }

  @Test
  void parse_withWhiteSpaceAroundAndUpperCaseBody_isRead() {
    String ticket = Vectors.string("tickets", "doc_read_new_ge_0_94", "string");
    String shouted = " doc" + ticket.substring(3).toUpperCase(Locale.ROOT) + "\n";
    assertEquals(DocTicket.parse(ticket), DocTicket.parse(shouted));
  }

  @Test
  void parse_withCustomAddress_isReadInBothLayouts() {
    byte[] data = {1, 2, 3};
    PostcardWriter head = new PostcardWriter().u8(0).u8(1).fixed(new byte[32]).count(1).bytes32(PEER.bytes());
    byte[] prefix = head.count(2).variant(1).socketAddress(new InetSocketAddress("192.0.2.1", 1)).toByteArray();
    List<byte[]> layouts =
        List.of(
            new PostcardWriter().fixed(prefix).variant(2).u64(300).byteString(data).toByteArray(),
            new PostcardWriter().fixed(prefix).variant(2).u64(300).variant(1).byteString(data).toByteArray(),
            new PostcardWriter()
                .fixed(prefix)
                .variant(2)
                .u64(300)
                .variant(0)
                .u8(3)
                .fixed(data)
                .fixed(new byte[27])
                .toByteArray());
    for (byte[] bytes : layouts) {
      DocTicket ticket = DocTicket.parse("doc" + Base32.encode(bytes));
      assertEquals(new TransportAddr.Custom(300, Bytes.of(data)), ticket.peers().get(0).addresses().last());
      assertEquals(1, ticket.peers().get(0).ipAddresses().size());
    }
    assertEquals(
        "doc" + Base32.encode(layouts.get(0)), DocTicket.parse("doc" + Base32.encode(layouts.get(2))).encode());
  }

  @Test
  void encode_ofRandomTickets_isReadBackInBothLayouts() {
    Seeded.run(
        "tickets",
        random -> {
          NamespaceSecret secret = NamespaceSecret.random(random);
          for (int i = 0; i < 200; i++) {
            List<EndpointAddr> peers =
                Stream.generate(
                        () -> {
                          TreeSet<TransportAddr> addresses = new TreeSet<>();
                          if (random.nextBoolean()) {
                            addresses.add(new TransportAddr.Relay("https://r" + random.nextInt(9) + ".example./"));
                          }
                          for (int n = random.nextInt(4); n > 0; n--) {
                            String host = random.nextBoolean() ? "192.0.2." : "2001:db8::";
                            addresses.add(
                                new TransportAddr.Ip(
                                    new InetSocketAddress(host + random.nextInt(99), random.nextInt(65536))));
                          }
                          return new EndpointAddr(EndpointSecret.random(random).id(), addresses);
                        })
                    .limit(1 + random.nextInt(4))
                    .toList();
            Capability capability =
                random.nextBoolean() ? new Capability.Write(secret) : new Capability.Read(secret.id());
            DocTicket ticket = new DocTicket(capability, peers);
            assertEquals(ticket, DocTicket.parse(ticket.encode()));
            assertEquals(ticket, DocTicket.parse(ticket.encodeLegacy()));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("realTickets")
  void parse_ofCutTicket_isRefused(String text) {
    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);
      try {
        // A cut legacy ticket can be, byte for byte, the ticket of today's nodes for the same peer without addresses.
        DocTicket ticket = DocTicket.parse(cut);
        assertEquals(cut, ticket.encode());
        assertEquals(1, ticket.peers().size());
        assertTrue(ticket.peers().get(0).addresses().isEmpty());
        assertEquals(text, DocTicket.parse(text).encodeLegacy());
      } catch (InvalidTicketException e) {
        assertSentence(e, text);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("realTickets")
  void parse_ofAlteredTicket_isReadOrRefused(String text) {
    Seeded.run(
        "ticket",
        random -> {
          int refused = 0;
          for (int i = 0; i < 300; i++) {
            byte[] chars = Seeded.mutated(text.getBytes(StandardCharsets.US_ASCII), random);
            byte[] bytes = Seeded.mutated(Base32.decode(text.substring(3)), random);
            List<String> altered =
                List.of(new String(chars, StandardCharsets.ISO_8859_1), "doc" + Base32.encode(bytes));
            for (String ticket : altered) {
              try {
                DocTicket.parse(ticket);
              } catch (InvalidTicketException e) {
                refused++;
                assertSentence(e, text);
              }
            }
          }
          assertTrue(refused > 200, refused + " of 600 refused");
        });
  }

  @Test
  void toString_ofWriteTicket_showsNoSecret() {
    DocTicket ticket = DocTicket.parse(Vectors.string("tickets", "doc_write_new_ge_0_94", "string"));
    assertTrue(ticket.capability() instanceof Capability.Write);
    assertFalse(ticket.toString().contains(SECRET));
    assertFalse(ticket.toString().contains(Base32.encode(Vectors.bytes("keys", "namespace", "secret"))));
    assertTrue(ticket.toString().contains(Vectors.string("keys", "namespace", "public")));
  }

  @Test
  void encodeLegacy_ofWhatHasNoPlace_leavesItOut() {
    TreeSet<TransportAddr> addresses =
        new TreeSet<>(
            List.of(
                new TransportAddr.Relay("https://a.example/"),
                new TransportAddr.Relay("https://b.example/"),
                new TransportAddr.Custom(1, Bytes.EMPTY)));
    DocTicket ticket =
        new DocTicket(new Capability.Read(NamespaceSecret.of(new byte[32]).id()), List.of(new EndpointAddr(PEER, addresses)));
    assertEquals(ticket, DocTicket.parse(ticket.encode()));
    assertEquals(
        List.of(new TransportAddr.Relay("https://a.example/")),
        List.copyOf(DocTicket.parse(ticket.encodeLegacy()).peers().get(0).addresses()));
  }

  private static void assertSentence(InvalidTicketException e, String ticket) {
    assertFalse(e.getMessage().isBlank());
    assertFalse(e.getMessage().contains(ticket.substring(10, 30)), "a message shows a part of the ticket");
  }
}
