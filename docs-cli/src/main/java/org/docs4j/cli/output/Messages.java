package org.docs4j.cli.output;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.docs4j.api.DocInfo;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.wire.Hex;

/** The results of the commands, in both forms. Pure functions; the README of this module lists the JSON form. */
public final class Messages {
  private Messages() {}

  /** A document was made. */
  public static Message created(NamespaceId id) {
    return new Message(Json.event("created").put("doc", id.toString()).put("access", "write"), id.toString());
  }

  /** A document is kept here. */
  public static Message document(DocInfo info) {
    String access = access(info.access());
    return new Message(
        Json.event("document").put("doc", info.id().toString()).put("access", access), info.id() + "  " + access);
  }

  /** This node, and where it can be reached. */
  public static Message node(EndpointAddr addr, NamespaceId doc) {
    List<String> addresses =
        addr.ipAddresses().stream().map(a -> a.getAddress().getHostAddress() + ":" + a.getPort()).toList();
    return new Message(
        Json.event("node").put("id", addr.id().toString()).put("addresses", addresses).put("doc", doc.toString()),
        "document " + doc + "\nnode " + addr.id() + " at " + String.join(", ", addresses));
  }

  /** A ticket was made; its text alone for people, so that it can be piped. */
  public static Message ticket(NamespaceId id, Capability.Kind kind, String ticket) {
    return new Message(
        Json.event("ticket").put("doc", id.toString()).put("access", access(kind)).put("ticket", ticket), ticket);
  }

  /** An entry of a document. */
  public static Message entry(Entry entry) {
    String size = entry.isEmpty() ? "deleted" : Plain.bytes(entry.record().length());
    return new Message(
        put(Json.event("entry"), entry),
        Plain.key(entry.id().key()) + "  " + size + "  " + entry.record().hash().shortText() + "  by "
            + entry.id().author().shortText());
  }

  /** An entry with its content. */
  public static Message content(Entry entry, byte[] content) {
    Json json = put(Json.event("content"), entry);
    Optional<String> text = Plain.utf8(content);
    if (text.isPresent()) {
      json.put("text", text.get());
    } else {
      json.put("base64", Base64.getEncoder().encodeToString(content));
    }
    return new Message(json, text.orElseGet(() -> new String(content, StandardCharsets.UTF_8)));
  }

  /** The content of an entry was written to a file. */
  public static Message exported(Entry entry, String file) {
    return new Message(
        put(Json.event("exported"), entry).put("file", file),
        Plain.bytes(entry.record().length()) + " written to " + Plain.line(file));
  }

  /** Content was written at a key. */
  public static Message set(LocalInsert insert) {
    Entry entry = insert.entry();
    String text = "set " + Plain.key(entry.id().key()) + " to " + Plain.bytes(entry.record().length());
    if (insert.removed() > 0) {
      text += "\nthe prefix rule removed " + entriesOf(insert);
    }
    return new Message(putRemoved(put(Json.event("set"), entry), insert), text);
  }

  /** Entries were deleted. */
  public static Message removed(LocalInsert insert) {
    String key = Plain.key(insert.entry().id().key());
    String text =
        insert.removed() > 0
            ? "removed " + entriesOf(insert)
            : "removed " + key + ", which others wrote: their entries stay, but are older than this deletion";
    return new Message(putRemoved(put(Json.event("removed"), insert.entry()), insert), text);
  }

  /** The document is as the peer has it, content included. */
  public static Message synced(NamespaceId id, long entries, long bytes) {
    return new Message(
        Json.event("synced").put("doc", id.toString()).put("entries", entries).put("bytes", bytes),
        "in sync: " + Plain.count(entries, "entry", "entries") + ", " + Plain.bytes(bytes));
  }

  /** A command failed. */
  public static Message error(String sentence, int exitCode) {
    return new Message(
        Json.event("error").put("message", sentence).put("exitCode", exitCode), "docs: " + Plain.line(sentence));
  }

  /** The lower-case word for a right. */
  public static String access(Capability.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Adds what identifies an entry and what it holds. */
  static Json put(Json json, Entry entry) {
    putKey(json.put("doc", entry.id().namespace().toString()), entry.id().key());
    return json.put("author", entry.id().author().toString())
        .put("hash", entry.record().hash().toString())
        .putUnsigned("length", entry.record().length())
        .putUnsigned("timestamp", entry.record().timestamp().micros());
  }

  private static void putKey(Json json, Key key) {
    json.put("key", key.text());
    if (Plain.utf8(key.toByteArray()).isEmpty()) {
      json.put("keyHex", Hex.encode(key.toByteArray()));
    }
  }

  private static Json putRemoved(Json json, LocalInsert insert) {
    return json.put("removed", insert.removed())
        .put("removedKeys", insert.removedKeys().stream().map(Key::text).toList());
  }

  private static String entriesOf(LocalInsert insert) {
    String keys = String.join(", ", insert.removedKeys().stream().map(Plain::key).toList());
    String more = insert.removed() > insert.removedKeys().size() ? ", ..." : "";
    return Plain.count(insert.removed(), "entry", "entries") + ": " + keys + more;
  }
}
