package org.docs4j.cli.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.docs4j.api.BlobNotFoundException;
import org.docs4j.api.Doc;
import org.docs4j.api.Docs;
import org.docs4j.api.DocsBuilder;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.Record;
import org.docs4j.api.spi.Environment;
import org.docs4j.tck.sim.Conditions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What tests with real nodes need: nodes of both kinds that end with the test, and how to fill and to compare documents. */
@ExtendWith(OnLoopbackOnly.class)
abstract class Interop {
  static final Duration PATIENCE = RealPeer.PATIENCE;

  /** The content of all entries that {@link #insert} writes. */
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temporary;
  final Environment environment = Environment.system();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  final void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    environment.close();
  }

  /** A node of ours in memory. */
  final Docs java() {
    return open(Docs.memory());
  }

  /** A node of ours in a folder. */
  final Docs java(Path folder) {
    return open(Docs.persistent(folder));
  }

  final Docs open(DocsBuilder builder) {
    Docs docs = builder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open();
    open.push(docs);
    return docs;
  }

  final Heard listen(Doc doc) {
    Heard heard = new Heard(environment, doc);
    open.push(heard);
    return heard;
  }

  /** Closes something at the end of the test, before what was opened earlier. */
  final void closeLater(AutoCloseable closeable) {
    open.push(closeable);
  }

  final RealPeer real(PeerKind kind, String... arguments) throws IOException {
    RealPeer peer = RealPeer.start(environment, kind, arguments);
    open.push(peer);
    return peer;
  }

  final RealPeer goBetween() throws IOException {
    RealPeer peer = RealPeer.idle(environment);
    open.push(peer);
    return peer;
  }

  /** The seed of a real node whose id is smaller, or larger, than almost all others: that decides which of two dials goes on. */
  final String seed(boolean smallId) {
    while (true) {
      EndpointSecret secret = EndpointSecret.random(environment.random());
      int first = Integer.parseInt(secret.id().toString().substring(0, 2), 16);
      if (smallId ? first == 0 : first == 255) {
        return HexFormat.of().formatHex(secret.toByteArray());
      }
    }
  }

  /** Writes entries with keys {@code prefix00000000} and so on, as the real nodes' command {@code insert} does. */
  static void insert(Doc doc, String prefix, int from, int count) {
    Hash hash = Hash.ofContent(HELLO);
    List<CompletableFuture<LocalInsert>> writes = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      writes.add(doc.setHashAsync(doc.defaultAuthor(), Key.of(String.format("%s%08d", prefix, i)), hash, HELLO.length));
    }
    writes.forEach(CompletableFuture::join);
  }

  static void set(Doc doc, String key, String content) {
    doc.set(Key.of(key), content.getBytes(StandardCharsets.UTF_8));
  }

  /** How many entries a document shows, deletions left out. */
  static long shown(Doc doc) {
    try (var all = doc.query(Query.all())) {
      return all.count();
    }
  }

  /** The entries that a document of ours shows: hash, length and time stamp (in microseconds) by author and key. */
  static Map<String, String> entries(Doc doc) {
    Map<String, String> all = new TreeMap<>();
    try (var entries = doc.query(Query.all())) {
      entries.forEach((Entry entry) -> all.put(entry.id().author() + " " + entry.id().key().text(), text(entry.record())));
    }
    return all;
  }

  private static String text(Record record) {
    return record.hash() + ", " + record.length() + " bytes, at " + record.timestamp().micros();
  }

  /** Whether the newest entry at a key is here with its content. */
  static boolean isComplete(Doc doc, String key) {
    return doc.get(Key.of(key)).filter(entry -> canRead(doc, entry)).isPresent();
  }

  private static boolean canRead(Doc doc, Entry entry) {
    try {
      return doc.content(entry, Integer.MAX_VALUE).length == entry.record().length();
    } catch (BlobNotFoundException e) {
      return false;
    }
  }

  static void until(String what, BooleanSupplier condition) {
    Conditions.realTime(PATIENCE).until(what, condition);
  }
}
