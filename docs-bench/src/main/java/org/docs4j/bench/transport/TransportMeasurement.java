package org.docs4j.bench.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.docs4j.bench.BenchException;
import org.docs4j.bench.Percentiles;

/** The process that dials: measures one kind against an acceptor, and says one figure a line. */
public final class TransportMeasurement {
  /** In front of each figure: its row and the number follow. */
  static final String RESULT = "RESULT";

  private static final int QUESTION_BYTES = 64;
  private static final int MANY_STREAMS = 100;
  private static final double MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final double GIBI = 1L << 30;

  private final Wire wire;
  private final String identity;
  private final InetSocketAddress address;
  private final ProcessHandle acceptor;
  private final TransportOptions options;

  private TransportMeasurement(Wire wire, String identity, InetSocketAddress address, long pid, TransportOptions options) {
    this.wire = wire;
    this.identity = identity;
    this.address = address;
    this.acceptor = ProcessHandle.of(pid).orElseThrow(() -> new BenchException("there is no process " + pid));
    this.options = options;
  }

  /** Runs it; the arguments are the kind, the port, identity and process id of the acceptor, and the options. */
  public static void main(String[] args) throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
    TransportOptions options = TransportOptions.parse(Arrays.copyOfRange(args, 4, args.length));
    try (Wire wire = Wire.of(args[0])) {
      new TransportMeasurement(wire, args[2], address, Long.parseLong(args[3]), options).run();
    }
    System.exit(0);
  }

  private static void say(String row, double figure) {
    System.out.println(RESULT + "\t" + row + "\t" + figure);
  }

  private void run() throws Exception {
    if (options.only().contains("handshakes")) {
      handshakes();
    }
    Wire.Link link = wire.dial(identity, address);
    if (options.only().contains("requests")) {
      roundTrips(link);
    }
    if (options.only().contains("one-stream")) {
      bulk("one stream", link, 1);
    }
    if (options.only().contains("streams")) {
      bulk(MANY_STREAMS + " streams", link, MANY_STREAMS);
    }
    link.close();
    if (options.only().contains("idle")) {
      idle();
    }
  }

  private static double millis(Callable<?> what) throws Exception {
    long begin = System.nanoTime();
    what.call();
    return (System.nanoTime() - begin) / MILLI;
  }

  /** Those of the first third do not count. */
  private List<Double> warm(int count, Callable<?> what) throws Exception {
    List<Double> times = new ArrayList<>();
    for (int i = -count / 2; i < count; i++) {
      double time = millis(what);
      if (i >= 0) {
        times.add(time);
      }
    }
    return times;
  }

  private void handshakes() throws Exception {
    List<Double> times = new ArrayList<>();
    say("first connection [ms]", millis(() -> dialAndClose(new ArrayList<>())));
    warm(options.handshakes(), () -> dialAndClose(times));
    List<Double> counted = times.subList(times.size() - options.handshakes(), times.size());
    say("connection, p50 [ms]", Percentiles.percentile(counted, 0.5));
    say("connection, p99 [ms]", Percentiles.percentile(counted, 0.99));
  }

  private boolean dialAndClose(List<Double> times) throws Exception {
    Wire.Link[] link = new Wire.Link[1];
    times.add(
        millis(
            () -> {
              link[0] = wire.dial(identity, address);
              return true;
            }));
    // Only who has an answer knows that the acceptor is ready, too.
    echo(link[0]);
    link[0].close();
    return true;
  }

  private static boolean echo(Wire.Link link) throws Exception {
    byte[] question = new byte[QUESTION_BYTES];
    question[0] = Answer.ECHO;
    if (!Arrays.equals(question, link.ask(question))) {
      throw new BenchException("another answer than the question");
    }
    return true;
  }

  private void roundTrips(Wire.Link link) throws Exception {
    List<Double> times = warm(options.requests(), () -> echo(link));
    say("request of 64 bytes and answer, p50 [ms]", Percentiles.percentile(times, 0.5));
    say("request of 64 bytes and answer, p99 [ms]", Percentiles.percentile(times, 0.99));
  }

  private void bulk(String name, Wire.Link link, int streams) throws Exception {
    long each = ((long) options.mebibytes() << 20) / streams;
    double mebibytes = each * streams / (double) (1 << 20);
    for (int i = 0; i < options.warmUps(); i++) {
      send(link, streams, each);
    }
    Duration before = cpu(ProcessHandle.current());
    Duration acceptorBefore = cpu(acceptor);
    double seconds = millis(() -> send(link, streams, each)) / 1000;
    String row = String.format(Locale.ROOT, "%s, %d MiB in all, ", name, options.mebibytes());
    say(row + TransportTable.THROUGHPUT, mebibytes * (1 << 20) / 1e6 / seconds);
    double gibibytes = each * streams / GIBI;
    say(row + "processor time to send [s/GiB]", seconds(cpu(ProcessHandle.current()).minus(before)) / gibibytes);
    say(row + "processor time to receive [s/GiB]", seconds(cpu(acceptor).minus(acceptorBefore)) / gibibytes);
  }

  private static boolean send(Wire.Link link, int streams, long each) throws Exception {
    link.send(streams, each);
    return true;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void idle() throws Exception {
    Wire.Link asking = wire.dial(identity, address);
    double before = memory(asking);
    List<Wire.Link> links = new ArrayList<>();
    for (int i = 0; i < options.connections(); i++) {
      Wire.Link link = wire.dial(identity, address);
      links.add(link);
      echo(link);
    }
    double after = memory(asking);
    say(String.format(Locale.ROOT, "%,d idle connections, memory in the acceptor [MiB]", links.size()), after - before);
    links.forEach(Wire.Link::close);
    asking.close();
  }

  private static double memory(Wire.Link link) throws Exception {
    return Double.longBitsToDouble(ByteBuffer.wrap(link.ask(new byte[] {Answer.MEMORY})).getLong());
  }
}
