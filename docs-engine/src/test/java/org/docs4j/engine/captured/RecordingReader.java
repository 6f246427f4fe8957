package org.docs4j.engine.captured;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.Signature;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.wire.Hex;
import org.docs4j.engine.captured.Recording.Exchange;
import org.docs4j.engine.captured.Recording.Frame;
import org.docs4j.engine.captured.Recording.Listing;
import org.docs4j.engine.captured.Recording.Side;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;

/**
 * Reads a recording in JSON: either exchanges of two real nodes through a go-between ({@code exchanges}), or what a made-up
 * peer sent to a real node and got back ({@code sent}, {@code received}). What the frames were decoded to there is not
 * looked at.
 */
final class RecordingReader {
  private static final EntrySignature UNKNOWN = new EntrySignature(Signature.of(new byte[64]), Signature.of(new byte[64]));

  private final String name;
  private final JsonNode root;
  private final Map<Entry, EntrySignature> shown = new HashMap<>();

  private RecordingReader(String name, JsonNode root) {
    this.name = name;
    this.root = root;
  }

  static Recording read(Path file, String name) {
    try {
      return new RecordingReader(name, new ObjectMapper().readTree(file.toFile())).recording();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private Recording recording() {
    List<Exchange> exchanges = new ArrayList<>();
    Map<String, Side> sides = new LinkedHashMap<>();
    if (root.has("exchanges")) {
      root.get("exchanges").forEach(exchange -> exchanges.add(exchange(exchange)));
      noteSignatures(exchanges);
      for (String side : List.of("A", "B")) {
        sides.put(side, new Side(true, before(side, exchanges), after(side)));
      }
    } else if (root.has("sent") && root.has("received")) {
      exchanges.add(new Exchange(inTurn(), root.path("streamEnd").asText("fin").equals("fin")));
      noteSignatures(exchanges);
      sides.put("node", new Side(true, withHidden("node", entries(root.path("entries")), exchanges), Optional.empty()));
      sides.put("peer", new Side(false, List.of(), Optional.empty()));
    } else {
      throw new IllegalArgumentException(name + " is no recording of a sync session");
    }
    return new Recording(name, NamespaceId.parse(root.get("namespaceId").asText()), sides, exchanges);
  }

  private JsonNode either(String first, String second) {
    return root.has(first) ? root.get(first) : root.path(second);
  }

  private Exchange exchange(JsonNode exchange) {
    String dialer = exchange.get("dialer").asText();
    String acceptor = dialer.equals("A") ? "B" : "A";
    List<Frame> frames = new ArrayList<>();
    for (JsonNode frame : exchange.get("frames")) {
      frames.add(frame(frame.get("dir").asText().equals("dialer") ? dialer : acceptor, frame));
    }
    List<String> ends = new ArrayList<>();
    exchange.path("ends").forEach(end -> ends.add(end.path("end").asText()));
    for (String field : List.of("dialerEnd", "acceptorEnd")) {
      ends.add(exchange.path(field).asText("fin"));
    }
    return new Exchange(frames, ends.stream().allMatch("fin"::equals));
  }

  /** The frames of a made-up peer and of the node that answers, one by one. */
  private List<Frame> inTurn() {
    List<Frame> frames = new ArrayList<>();
    Iterator<JsonNode> received = root.get("received").iterator();
    for (JsonNode sent : root.get("sent")) {
      frames.add(frame("peer", sent));
      if (received.hasNext()) {
        frames.add(frame("node", received.next()));
      }
    }
    received.forEachRemaining(frame -> frames.add(frame("node", frame)));
    return frames;
  }

  private static Frame frame(String sender, JsonNode frame) {
    String hex = frame.get("frameHex").asText();
    byte[] body = Hex.decode(hex.substring(8));
    SyncMessage message = SyncMessageCodec.decode(body);
    return new Frame(sender, hex, message);
  }

  private void noteSignatures(List<Exchange> exchanges) {
    for (Exchange exchange : exchanges) {
      for (Frame frame : exchange.frames()) {
        frame.values().forEach(value -> shown.put(value.entry().entry(), value.entry().signature()));
      }
    }
  }

  private List<SignedEntry> before(String side, List<Exchange> exchanges) {
    return root.has("beforeAll")
        ? entries(root.get("beforeAll").path(side))
        : withHidden(side, entries(root.path("before").path(side)), exchanges);
  }

  /** These lists lack tombstones: whatever a side sends that it was not sent before, it had from the beginning. */
  private static List<SignedEntry> withHidden(String side, List<SignedEntry> listed, List<Exchange> exchanges) {
    Map<RecordIdentifier, SignedEntry> known = new TreeMap<>();
    listed.forEach(entry -> known.put(entry.id(), entry));
    Set<Entry> received = new HashSet<>();
    for (Exchange exchange : exchanges) {
      for (Frame frame : exchange.frames()) {
        for (Part.Value value : frame.values()) {
          if (!frame.sender().equals(side)) {
            received.add(value.entry().entry());
          } else if (!received.contains(value.entry().entry())) {
            known.putIfAbsent(value.entry().id(), value.entry());
          }
        }
      }
    }
    return List.copyOf(known.values());
  }

  private List<SignedEntry> entries(JsonNode list) {
    Optional<NamespaceSecret> namespace =
        Optional.ofNullable(root.get("namespaceSecret")).map(secret -> NamespaceSecret.of(Hex.decode(secret.asText())));
    Map<AuthorId, Author> authors = authors();
    List<SignedEntry> entries = new ArrayList<>();
    for (JsonNode listed : list) {
      Entry entry = entry(listed);
      Optional<Author> author = Optional.ofNullable(authors.get(entry.id().author()));
      SignedEntry signed =
          namespace.isPresent() && author.isPresent()
              ? entry.sign(namespace.get(), author.get())
              : new SignedEntry(shown.getOrDefault(entry, UNKNOWN), entry);
      entries.add(signed);
    }
    return entries;
  }

  private Map<AuthorId, Author> authors() {
    List<String> secrets = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().startsWith("authorSecret") && field.getValue().isTextual()) {
        secrets.add(field.getValue().asText());
      } else if (field.getKey().startsWith("authorSecret")) {
        field.getValue().forEach(secret -> secrets.add((secret.isTextual() ? secret : secret.path("exported")).asText()));
      }
    }
    Map<AuthorId, Author> authors = new HashMap<>();
    for (String secret : secrets) {
      Author author = Author.parse(secret);
      authors.put(author.id(), author);
    }
    return authors;
  }

  private static Entry entry(JsonNode listed) {
    RecordIdentifier id =
        new RecordIdentifier(
            NamespaceId.parse(listed.get("namespace").asText()),
            AuthorId.parse(listed.get("author").asText()),
            Key.of(Hex.decode(listed.get("keyHex").asText())));
    Record record =
        new Record(
            listed.get("len").asLong(),
            Hash.parse(listed.get("hash").asText()),
            new Timestamp(listed.get("timestampMicros").asLong()));
    return new Entry(id, record);
  }

  private Optional<Listing> after(String side) {
    if (!root.has("afterAll") && !root.has("after")) {
      return Optional.empty();
    }
    Map<RecordIdentifier, Entry> entries = new TreeMap<>();
    either("afterAll", "after").path(side).forEach(listed -> entries.put(entry(listed).id(), entry(listed)));
    return Optional.of(new Listing(root.has("afterAll"), List.copyOf(entries.values())));
  }
}
