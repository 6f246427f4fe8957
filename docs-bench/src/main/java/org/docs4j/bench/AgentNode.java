package org.docs4j.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.docs4j.api.Doc;
import org.docs4j.api.DocTicket;
import org.docs4j.api.Docs;
import org.docs4j.api.DocsBuilder;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Key;
import org.docs4j.api.spi.Environment;

/** A node and the commands of {@link Agent}; each command may run on a thread of its own. */
final class AgentNode implements AutoCloseable {
  private static final int DEFAULT_IN_FLIGHT = 64;
  private static final int DEFAULT_TIMEOUT_MILLIS = 300_000;

  private final Environment environment;
  private final Seen seen;
  private volatile Optional<Docs> docs = Optional.empty();
  private volatile Optional<Doc> current = Optional.empty();

  AgentNode(Environment environment) {
    this.environment = environment;
    this.seen = new Seen(environment.ticker());
  }

  /**
   * Carries a command out.
   *
   * @return its answer, a value that {@link Json} can hold
   */
  Object run(String command, Json args) {
    return switch (command) {
      case "start" -> start(args);
      case "create" -> keep(docs().create());
      case "import" -> keep(importTicket(args));
      case "join" -> keep(docs().join(DocTicket.parse(args.at("ticket").text())));
      case "share" -> share(args);
      case "startSync" -> startSync(args);
      case "leave" -> nothing(() -> doc().leave());
      case "subscribe" -> subscribe(args);
      case "insert" -> insert(args);
      case "set" -> set(args);
      case "count" -> count();
      case "waitCount" -> await(args, wanted -> state -> count() >= wanted);
      case "waitInserts" -> await(args, wanted -> state -> state.inserts() >= wanted);
      case "waitNeighbor" -> await(args, wanted -> state -> state.neighbors() >= wanted);
      case "waitSync" -> await(args, wanted -> state -> state.syncs() >= wanted);
      case "seen" -> seen.keys();
      case "reset" -> nothing(seen::reset);
      case "ev" -> seen.summary();
      case "shutdown" -> nothing(this::close);
      default -> throw new BenchException("unknown command " + command);
    };
  }

  private Object start(Json args) {
    double begun = seen.now();
    Json path = args.at("path");
    DocsBuilder builder = path.isNull() ? Docs.memory() : Docs.persistent(Path.of(path.text()));
    if (!args.at("store").isNull()) {
      builder.store(args.at("store").text());
    }
    Docs opened = builder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open();
    docs = Optional.of(opened);
    double took = seen.now() - begun;
    List<String> addresses = opened.addr().ipAddresses().stream().map(InetSocketAddress::toString).toList();
    return Map.of("ms", took, "nodeId", opened.addr().id().toString(), "addresses", addresses);
  }

  private Doc importTicket(Json args) {
    Doc doc = docs().importCapability(DocTicket.parse(args.at("ticket").text()).capability());
    if (args.at("policy").text("").equals("nothing")) {
      doc.setDownloadPolicy(DownloadPolicy.nothing());
    }
    return doc;
  }

  private String keep(Doc doc) {
    current.ifPresent(Doc::close);
    current = Optional.of(doc);
    return doc.id().toString();
  }

  private String share(Json args) {
    boolean readOnly = args.at("mode").text("Write").equals("Read");
    return doc().share(readOnly ? Capability.Kind.READ : Capability.Kind.WRITE).encode();
  }

  private Object startSync(Json args) {
    double begun = seen.now();
    doc().startSync(DocTicket.parse(args.at("ticket").text()).peers());
    return begun;
  }

  private Object subscribe(Json args) {
    LiveEvents events = doc().subscribe();
    environment.executor().io().execute(() -> seen.follow(events, args.at("track").isTrue()));
    return Optional.empty();
  }

  private Object insert(Json args) {
    int count = (int) args.at("n").number();
    double begun = seen.now();
    new Inserter(doc())
        .insert(args.at("prefix").text("k"), args.at("from").whole(0), count, args.at("conc").whole(DEFAULT_IN_FLIGHT));
    double millis = seen.now() - begun;
    return Map.of("n", count, "ms", millis, "perSec", count / millis * Duration.ofSeconds(1).toMillis());
  }

  private Object set(Json args) {
    byte[] content = args.at("v").text().getBytes(StandardCharsets.UTF_8);
    double begun = seen.now();
    String hash = doc().set(Key.of(args.at("k").text()), content).entry().record().hash().toString();
    return Map.of("t", begun, "t2", seen.now(), "hash", hash);
  }

  private long count() {
    return doc().count();
  }

  private Object await(Json args, LongFunction<Predicate<Seen>> condition) {
    Duration timeout = Duration.ofMillis(args.at("timeout").whole(DEFAULT_TIMEOUT_MILLIS));
    Optional<Double> found = seen.await(condition.apply(args.at("n").whole(1)), timeout);
    return found.isPresent() ? found.get() : Optional.empty();
  }

  private static Object nothing(Runnable command) {
    command.run();
    return Optional.empty();
  }

  private Docs docs() {
    return docs.orElseThrow(() -> new BenchException("start first"));
  }

  private Doc doc() {
    return current.orElseThrow(() -> new BenchException("create, import or join a document first"));
  }

  @Override
  public void close() {
    docs.ifPresent(Docs::close);
    docs = Optional.empty();
  }
}
