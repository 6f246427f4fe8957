package org.docs4j.api.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.docs4j.api.DocTicket;
import org.docs4j.api.InvalidTicketException;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.TransportAddr;
import org.docs4j.api.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every ticket of the vectors, and every one that real nodes printed. */
class DocTicketVectorsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"doc_read_legacy_le_0_93", "doc_write_legacy_le_0_93", "doc_read_legacy_id_only"})
  void legacyTicket_ofVectors_isReadAndWritten(String name) {
    DocTicket ticket = DocTicket.parse(Vectors.string("tickets", name, "string"));
    assertVector(ticket, name);
    assertEquals(Vectors.string("tickets", name, "string"), ticket.encodeLegacy());
    assertArrayEquals(
        Vectors.bytes("tickets", name, "bytes"), Base32.decode(ticket.encodeLegacy().substring(3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"doc_read_new_ge_0_94", "doc_write_new_ge_0_94", "doc_read_new_id_only"})
  void newTicket_ofVectors_isReadAndWritten(String name) {
    DocTicket ticket = DocTicket.parse(Vectors.string("tickets", name, "string"));
    assertVector(ticket, name);
    assertEquals(Vectors.string("tickets", name, "string"), ticket.encode());
    assertArrayEquals(Vectors.bytes("tickets", name, "bytes"), Base32.decode(ticket.encode().substring(3)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node_ticket_le_0_93", "endpoint_ticket_ge_0_94", "blob_ticket_all_versions", "blob_ticket_hashseq"
      })
  void otherTicket_ofVectors_isRefused(String name) {
    assertThrows(
        InvalidTicketException.class, () -> DocTicket.parse(Vectors.string("tickets", name, "string")));
  }

  @Test
  void addresses_ofUpstream_areReadAndWritten() {
    byte[] legacy = Vectors.bytes("tickets", "_golden", "node (upstream test)");
    byte[] modern = Vectors.bytes("tickets", "_golden", "endpoint (upstream test)");
    PostcardReader legacyIn = new PostcardReader(legacy, 1, legacy.length - 1);
    PostcardReader modernIn = new PostcardReader(modern, 1, modern.length - 1);
    EndpointAddr addr = AddressCodec.readLegacy(legacyIn);
    assertEquals(addr, AddressCodec.read(modernIn));
    legacyIn.expectEnd();
    modernIn.expectEnd();
    assertEquals("http://derp.me./", ((TransportAddr.Relay) addr.addresses().first()).url());
    PostcardWriter out = new PostcardWriter().u8(0);
    AddressCodec.write(out, addr);
    assertArrayEquals(modern, out.toByteArray());
    out.clear();
    AddressCodec.writeLegacy(out.u8(0), addr);
    assertArrayEquals(legacy, out.toByteArray());
  }

  static List<?> ticketsOf035() {
    return (List<?>) Vectors.within(Vectors.resource("tickets_authors.json"), "tickets");
  }

  @ParameterizedTest
  @MethodSource("ticketsOf035")
  void ticket_ofRealNode035_isReadAndWritten(Map<?, ?> real) {
    DocTicket ticket = DocTicket.parse((String) real.get("ticket"));
    assertEquals(real.get("ticket"), ticket.encodeLegacy());
    assertEquals(real.get("docId"), ticket.capability().id().toString());
    assertEquals(real.get("apiCapabilityKind").equals("Write"), ticket.capability() instanceof Capability.Write);
    if (ticket.capability() instanceof Capability.Write write) {
      assertEquals(NamespaceSecret.parse((String) real.get("apiCapability")), write.secret());
      assertFalse(ticket.toString().contains((String) real.get("apiCapability")));
    }
    assertPeers((List<?>) real.get("apiNodes"), ticket);
  }

  static List<?> ticketsOf1x() {
    return (List<?>) Vectors.within(Vectors.resource("tickets.json"), "tickets");
  }

  @ParameterizedTest
  @MethodSource("ticketsOf1x")
  void ticket_ofRealNode1x_isReadAndWritten(Map<?, ?> real) {
    DocTicket ticket = DocTicket.parse((String) real.get("ticket"));
    assertEquals(real.get("ticket"), ticket.encode());
    assertEquals(Vectors.within(real, "parts", "doc"), ticket.capability().id().toString());
    assertEquals(Vectors.within(real, "parts", "kind").equals("Write"), ticket.capability() instanceof Capability.Write);
    assertPeers((List<?>) Vectors.within(real, "parts", "nodes"), ticket);
  }

  @Test
  void blobTicket_ofRealNode_isRefused() {
    for (Object real : (List<?>) Vectors.within(Vectors.resource("tickets_authors.json"), "blobTickets")) {
      assertThrows(
          InvalidTicketException.class, () -> DocTicket.parse((String) Vectors.within(real, "ticket")));
    }
  }

  private static void assertVector(DocTicket ticket, String name) {
    assertEquals(Vectors.string("keys", "namespace", "public"), ticket.capability().id().toString());
    assertEquals(name.contains("write"), ticket.capability() instanceof Capability.Write);
    EndpointAddr peer = ticket.peers().get(0);
    assertEquals(Vectors.string("keys", "endpoint", "public"), peer.id().toString());
    if (name.contains("id_only")) {
      assertEquals(0, peer.addresses().size());
    } else {
      assertEquals(new TransportAddr.Relay("https://relay.example./"), peer.addresses().first());
      assertEquals("/192.0.2.1:11204", peer.ipAddresses().get(0).toString());
    }
  }

  private static void assertPeers(List<?> nodes, DocTicket ticket) {
    assertEquals(nodes.size(), ticket.peers().size());
    for (int i = 0; i < nodes.size(); i++) {
      Map<?, ?> node = (Map<?, ?>) nodes.get(i);
      EndpointAddr peer = ticket.peers().get(i);
      assertEquals(node.get("nodeId"), peer.id().toString());
      List<Object> addresses = new ArrayList<>();
      for (TransportAddr address : peer.addresses()) {
        if (address instanceof TransportAddr.Ip ip) {
          String host = ip.address().getAddress().getHostAddress();
          addresses.add(
              (host.contains(":") ? "[" + shortened(host) + "]" : host) + ":" + ip.address().getPort());
        } else if (address instanceof TransportAddr.Relay relay) {
          assertEquals(node.get("relayUrl"), relay.url());
        }
      }
      assertEquals(node.containsKey("addresses") ? node.get("addresses") : List.of(), addresses);
    }
  }

  private static String shortened(String ipv6) {
    return ipv6.replaceFirst("(^|:)(0:)+0?(:|$)?", "::").replace(":::", "::");
  }
}
