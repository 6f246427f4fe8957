package org.docs4j.cli.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.Environment;
import org.docs4j.tck.sim.Conditions;

/** A real node in a process of its own, asked by JSON lines; its commands stand in {@code src/interop/README.md}. */
final class RealPeer implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PeerKind kind;
  private final Process process;
  private final Writer in;
  private final Map<Long, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private long number;

  private RealPeer(Environment environment, PeerKind kind) throws IOException {
    this.kind = kind;
    process = new ProcessBuilder(kind.command()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    in = process.outputWriter(StandardCharsets.UTF_8);
    environment.executor().io().execute(this::readAnswers);
  }

  /** Starts a node; arguments as of its command {@code start}, names and values in turn. */
  static RealPeer start(Environment environment, PeerKind kind, String... arguments) throws IOException {
    RealPeer peer = new RealPeer(environment, kind);
    peer.ask("start", (Object[]) arguments);
    return peer;
  }

  /** A process of the 1.x kind in which no node runs: it is told to {@code proxy}. */
  static RealPeer idle(Environment environment) throws IOException {
    return new RealPeer(environment, PeerKind.CURRENT);
  }

  private void readAnswers() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line : (Iterable<String>) out.lines()::iterator) {
        JsonNode answer = JSON.readTree(line);
        CompletableFuture<JsonNode> question = asked.remove(answer.path("id").asLong());
        if (question != null) {
          question.complete(answer);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // The process is gone; who waits for an answer is told below.
    }
    asked.values().forEach(question -> question.completeExceptionally(new IOException("the " + kind.version + " node is gone")));
  }

  /** Asks without waiting; arguments are names and values in turn. Fails with an {@link AssertionError} if the node says so. */
  CompletableFuture<JsonNode> begin(String command, Object... arguments) throws IOException {
    Map<String, Object> named = new TreeMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      named.put((String) arguments[i], arguments[i + 1]);
    }
    long id = ++number;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    in.write(text(Map.of("id", id, "cmd", command, "a", named)) + "\n");
    in.flush();
    return answer.thenApply(
        reply -> {
          if (reply.hasNonNull("err")) {
            throw new AssertionError("the " + kind.version + " node answered to " + command + ": " + reply.get("err").asText());
          }
          return reply.path("r");
        });
  }

  private static String text(Object value) throws JsonProcessingException {
    return JSON.writeValueAsString(value);
  }

  /** Asks and waits for the answer. */
  JsonNode ask(String command, Object... arguments) throws IOException {
    try {
      return begin(command, arguments).get(PATIENCE.toSeconds() + 30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof AssertionError error ? error : new AssertionError(command, e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the " + kind.version + " node does not answer to " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Asks for something to happen at the node within {@link #PATIENCE}. */
  void await(String command, long count) throws IOException {
    assertTrue(
        ask(command, "n", count, "timeout", PATIENCE.toMillis()).isNumber(),
        () -> "the " + kind.version + " node saw no " + command + " " + count + ", but " + seen());
  }

  /** Waits until the node holds so many entries, deletions left out. */
  void awaitCount(long entries) {
    Conditions.realTime(PATIENCE).until("the " + kind.version + " node's count of " + entries, () -> count() == entries);
  }

  /** Waits until the node has the content of a key. */
  void awaitContent(String key) {
    Conditions.realTime(PATIENCE)
        .until("the arrival of " + key + " at the " + kind.version + " node", () -> unchecked("get", "k", key).hasNonNull("vx"));
  }

  long count() {
    return unchecked("count").asLong();
  }

  /** Its entries, deletions left out: what {@link Interop#entries} gives for ours. */
  Map<String, String> entries() {
    Map<String, String> all = new TreeMap<>();
    for (JsonNode entry : unchecked("entries")) {
      // Old nodes write some of these in base32.
      AuthorId author = AuthorId.parse(entry.path("author").asText());
      Hash hash = Hash.parse(entry.path("hash").asText());
      all.put(
          author + " " + entry.path("key").asText(),
          hash + ", " + entry.path("len").asLong() + " bytes, at " + entry.path("timestamp").asLong());
    }
    return all;
  }

  /** The sessions that it has reported about documents it was told to listen to. */
  List<JsonNode> sessions() {
    List<JsonNode> all = new ArrayList<>();
    unchecked("ev").path("syncs").forEach(all::add);
    return all;
  }

  /** How many of these were of one origin. */
  long sessions(String origin) {
    return sessions().stream().filter(session -> session.path("origin").asText().equals(origin)).count();
  }

  /** What went wrong in these sessions, as it says. */
  List<String> failures() {
    return sessions().stream()
        .filter(session -> session.hasNonNull("result"))
        .map(session -> session.path("origin").asText() + ": " + session.path("result").asText())
        .toList();
  }

  /** How many entries of others it has reported. */
  long heard() {
    return unchecked("ev").path("insertRemote").asLong();
  }

  /** When keys came to it, on the monotonic clock in milliseconds, if it was told to track that. */
  Map<String, Double> arrivals() {
    Map<String, Double> all = new TreeMap<>();
    unchecked("seen").properties().forEach(key -> all.put(key.getKey(), key.getValue().asDouble()));
    return all;
  }

  private JsonNode unchecked(String command, Object... arguments) {
    try {
      return ask(command, arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String seen() {
    return unchecked("ev").toString();
  }

  /** Where it is. */
  EndpointAddr addr() throws IOException {
    return addr(ask("addr"));
  }

  /** An address as this node's commands give it. */
  static EndpointAddr addr(JsonNode addr) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (JsonNode address : addr.path("addresses")) {
      addresses.add(socketAddress(address.asText()));
    }
    return EndpointAddr.of(EndpointId.parse(addr.path("nodeId").asText()), addresses);
  }

  private static InetSocketAddress socketAddress(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, colon).replace("[", "").replace("]", "");
    return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
  }

  /** An address as this node's commands take it. */
  static Map<String, Object> peer(EndpointAddr addr) {
    return Map.of("nodeId", addr.id().toString(), "addresses", addr.ipAddresses().stream().map(RealPeer::text).toList());
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** Where a file of the node may be, as an argument. */
  static String path(Path file) {
    return file.toAbsolutePath().toString();
  }

  /** Ends it as a loss of power would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends it in order, and by force when it does not end. The end of its input would end it at once, with data unsaved. */
  @Override
  public void close() {
    try {
      if (process.isAlive()) {
        in.write("{\"id\":0,\"cmd\":\"shutdown\"}\n");
        in.flush();
        process.waitFor(10, TimeUnit.SECONDS);
        in.close();
      }
    } catch (IOException e) {
      // It ended meanwhile.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
