package org.docs4j.blobs.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.blobs.BlobsConfig;
import org.docs4j.api.spi.blobs.BlobsProvider;
import org.docs4j.api.spi.blobs.Downloader;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.blobs.FileBlobsProvider;
import org.docs4j.blobs.MemoryBlobsProvider;
import org.docs4j.blobs.proto.Codes;
import org.docs4j.tck.sim.Conditions;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.docs4j.tck.sim.SimNetworkConfig;

/** Nodes on a simulated network in virtual time, and peers that do what a test tells them. */
final class TransferNet implements AutoCloseable {
  final SimEnvironment sim = SimEnvironment.create();
  final SimNetwork network;
  final Conditions conditions = sim.conditions();
  private final Path temp;
  private final List<Node> nodes = new ArrayList<>();
  private int peers;

  TransferNet(Path temp) {
    this.temp = temp;
    this.network = SimNetwork.virtual(sim, SimNetworkConfig.defaults().withDiscovery(true));
  }

  /** A node with a store and what is attached to it. */
  final class Node {
    final String name;
    final boolean persistent;
    final EndpointSecret secret;
    Environment environment;
    Endpoint endpoint;
    BlobStore store;
    Downloader downloader;

    private Node(String name, boolean persistent) {
      this.name = name;
      this.persistent = persistent;
      this.secret = secret();
      start(Map.of());
    }

    void start(Map<String, String> options) {
      environment = sim.environment(name);
      endpoint = network.endpoint(secret, environment);
      BlobsProvider provider = persistent ? new FileBlobsProvider() : new MemoryBlobsProvider();
      store = provider.open(new BlobsConfig(persistent ? Optional.of(folder()) : Optional.empty(), options, environment));
      downloader = provider.attach(store, endpoint, environment);
    }

    private Path folder() {
      try {
        return Files.createDirectories(temp.resolve(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void stop() {
      downloader.close();
      store.close();
      endpoint.close();
    }

    EndpointId id() {
      return endpoint.id();
    }

    BlobInfo fetch(Hash hash, EndpointId... from) {
      return conditions.result("the download", downloader.download(hash, List.of(from), ProgressListener.NONE));
    }

    Throwable fetchFails(Hash hash, EndpointId... from) {
      return conditions.failure("the download", downloader.download(hash, List.of(from), ProgressListener.NONE));
    }
  }

  private EndpointSecret secret() {
    byte[] seed = new byte[32];
    seed[0] = (byte) ++peers;
    return EndpointSecret.of(seed);
  }

  Node node(String name, boolean persistent) {
    Node node = new Node(name, persistent);
    nodes.add(node);
    return node;
  }

  /** An endpoint without anything on it. */
  Endpoint bare() {
    return network.endpoint(secret(), sim.environment("bare-" + peers));
  }

  /** A provider that does with each whole request what a test says. */
  RawProvider raw(BiConsumer<byte[], BidiStream> answer) {
    return new RawProvider(bare(), answer);
  }

  /** A provider under the control of a test. */
  static final class RawProvider {
    final Endpoint endpoint;
    final List<byte[]> requests = new ArrayList<>();
    int connections;
    private final BiConsumer<byte[], BidiStream> answer;

    private RawProvider(Endpoint endpoint, BiConsumer<byte[], BidiStream> answer) {
      this.endpoint = endpoint;
      this.answer = answer;
      endpoint.accept(
          Codes.ALPN,
          connection -> {
            connections++;
            accept(connection);
          });
    }

    EndpointId id() {
      return endpoint.id();
    }

    private void accept(Connection connection) {
      connection
          .acceptBidi()
          .thenAccept(
              stream -> {
                accept(connection);
                read(stream, new byte[0]);
              });
    }

    private void read(BidiStream stream, byte[] before) {
      stream
          .receive()
          .read(1000)
          .thenAccept(
              bytes -> {
                if (bytes.isPresent()) {
                  byte[] all = Arrays.copyOf(before, before.length + bytes.get().remaining());
                  bytes.get().get(all, before.length, bytes.get().remaining());
                  read(stream, all);
                } else {
                  requests.add(before);
                  answer.accept(before, stream);
                }
              });
    }
  }

  /** Answers with bytes and the end. */
  static void reply(BidiStream stream, byte[] bytes) {
    stream.send().write(ByteBuffer.wrap(bytes));
    stream.send().finish();
  }

  @Override
  public void close() {
    nodes.forEach(Node::stop);
    network.close();
  }
}
