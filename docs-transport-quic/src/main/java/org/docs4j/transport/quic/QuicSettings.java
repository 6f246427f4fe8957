package org.docs4j.transport.quic;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.docs4j.api.TransportException;

/**
 * The options of the transport, checked.
 *
 * <p>A peer that is gone is noticed within {@code idle + keepAlive}: less than 15 s with the defaults, also on a busy machine.
 * Whoever asks for more gets more.
 *
 * @param idle after how long without a packet a connection has ended
 * @param keepAlive how often a connection says that it is there; zero for never
 * @param connectTimeout how long dialling and the handshakes of others may take
 * @param maxConnections incoming connections in all
 * @param maxConnectionsPerPeer incoming connections of one peer
 * @param maxConnectionsPerNetwork incoming connections from one IPv4 address or one IPv6 network of 64 bits
 * @param firstStream how long an incoming connection may be without any stream; zero for ever
 * @param maxHandshakes incoming handshakes at a time
 * @param bidiStreams bidirectional streams that a peer may have open on a connection
 * @param uniStreams one-way streams that a peer may have open on a connection
 * @param maxStreams streams that are open on all connections, whoever opened them
 * @param identity how it proves who it is
 * @param disco whether old nodes are sent and answered Pings
 * @param io which kind of socket is used
 */
record QuicSettings(
    Duration idle,
    Duration keepAlive,
    Duration connectTimeout,
    int maxConnections,
    int maxConnectionsPerPeer,
    int maxConnectionsPerNetwork,
    Duration firstStream,
    int maxHandshakes,
    int bidiStreams,
    int uniStreams,
    int maxStreams,
    Identity identity,
    boolean disco,
    Io io) {
  private static final Duration IDLE = Duration.ofMillis(10_500);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);
  private static final int MAX_CONNECTIONS = 1024;
  private static final int MAX_STREAMS = 1 << 15;
  private static final int NETWORK_PART = 4;
  private static final int MIN_NETWORK = 16;

  /** By which kinds of identity peers are dialled and accepted. */
  enum Identity {
    /** Raw public keys where this process has them, and certificates. */
    AUTO,
    /** Raw public keys only. */
    RAW_KEY,
    /** Certificates only. */
    X509
  }

  /** Which kind of socket is used. */
  enum Io {
    /** Epoll where its native library loads, else NIO. */
    AUTO,
    /** Sockets of the JDK, on every platform. */
    NIO
  }

  /**
   * Reads options by name; those that are missing have their defaults.
   *
   * @throws TransportException if a name is unknown or a value is out of its range
   */
  static QuicSettings parse(Map<String, String> options) {
    Map<String, String> left = new TreeMap<>(options);
    Duration idle = duration(left, "idle", IDLE, 100);
    Duration often = idle.compareTo(IDLE) < 0 ? idle.dividedBy(3) : KEEP_ALIVE;
    Duration keepAlive = duration(left, "keep-alive", often, 0);
    if (keepAlive.compareTo(idle) >= 0) {
      throw bad("keep-alive", keepAlive.toMillis() + "ms", "shorter than idle");
    }
    int maxConnections = number(left, "max-connections", MAX_CONNECTIONS);
    QuicSettings settings =
        new QuicSettings(
            idle,
            keepAlive,
            duration(left, "connect-timeout", Duration.ofSeconds(10), 100),
            maxConnections,
            number(left, "max-connections-per-peer", 16),
            number(left, "max-connections-per-network", Math.max(MIN_NETWORK, maxConnections / NETWORK_PART)),
            duration(left, "first-stream", Duration.ofSeconds(30), 0),
            number(left, "max-handshakes", 128),
            number(left, "bidi-streams", 256),
            number(left, "uni-streams", 1024),
            number(left, "max-streams", MAX_STREAMS),
            identity(left),
            disco(left),
            io(left));
    if (!left.isEmpty()) {
      throw new TransportException("the quic transport has no option " + String.join(", ", left.keySet()));
    }
    return settings;
  }

  /** After how long without an answer a peer is gone, however slow it was before; short idle times are left to the library. */
  Duration patience() {
    return idle.compareTo(IDLE) < 0 ? IDLE : idle;
  }

  private static Duration duration(Map<String, String> options, String name, Duration otherwise, long least) {
    String text = options.remove(name);
    if (text == null) {
      return otherwise;
    }
    String digits = text.endsWith("ms") ? text.substring(0, text.length() - 2) : text.replaceAll("s$", "");
    if (!digits.matches("[0-9]{1,6}") || digits.equals(text)) {
      throw bad(name, text, "a time such as 500ms or 10s");
    }
    long millis = Long.parseLong(digits) * (text.endsWith("ms") ? 1 : 1000);
    if (millis < least || millis > 30_000) {
      throw bad(name, text, "between " + least + "ms and 30s");
    }
    return Duration.ofMillis(millis);
  }

  private static int number(Map<String, String> options, String name, int otherwise) {
    String text = options.remove(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw bad(name, text, "a number from 1 to 999999");
    }
    return Integer.parseInt(text);
  }

  private static Identity identity(Map<String, String> options) {
    String text = options.remove("identity");
    return switch (text == null ? "auto" : text) {
      case "auto" -> Identity.AUTO;
      case "raw-key" -> Identity.RAW_KEY;
      case "x509" -> Identity.X509;
      default -> throw bad("identity", text, "auto, raw-key or x509");
    };
  }

  private static boolean disco(Map<String, String> options) {
    String text = options.remove("disco");
    if (text == null || text.equals("on")) {
      return true;
    }
    if (!text.equals("off")) {
      throw bad("disco", text, "on or off");
    }
    return false;
  }

  private static Io io(Map<String, String> options) {
    String text = options.remove("io");
    if (text == null || text.equals("auto")) {
      return Io.AUTO;
    }
    if (!text.equals("nio")) {
      throw bad("io", text, "auto or nio");
    }
    return Io.NIO;
  }

  private static TransportException bad(String name, String text, String wanted) {
    return new TransportException("option " + name + " of the quic transport is " + text + ", not " + wanted);
  }
}
