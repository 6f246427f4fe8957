package org.docs4j.bench.transport;

import java.io.IOException;

/** The process that is dialled: says where it is, and serves until its standard input ends. */
public final class TransportAcceptor {
  /** In front of the one line that it says: port and identity follow. */
  static final String READY = "READY";

  private TransportAcceptor() {}

  /** Runs it; the argument is the kind, {@code seam} or {@code netty}. */
  public static void main(String[] args) throws Exception {
    try (Wire wire = Wire.of(args[0])) {
      System.out.println(READY + "\t" + wire.address().getPort() + "\t" + wire.identity());
      untilEndOfInput();
    }
    System.exit(0);
  }

  private static void untilEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // Nobody says anything.
    }
  }
}
