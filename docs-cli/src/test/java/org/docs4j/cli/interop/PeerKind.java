package org.docs4j.cli.interop;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The real nodes that tests talk to. */
enum PeerKind {
  /** iroh-docs 0.101 on iroh 1.4. */
  CURRENT("1.x"),
  /** iroh 0.35 with documents: raw public keys, disco. */
  V0_35("0.35.0"),
  /** iroh 0.28 with documents: X.509, disco. */
  V0_28("0.28.1"),
  /** iroh 1.1, an endpoint only. */
  ENDPOINT_1_1("1.1.0");

  final String version;

  PeerKind(String version) {
    this.version = version;
  }

  private String property() {
    return this == CURRENT ? "docs.peer1x" : "docs.peersNpm";
  }

  private Optional<String> place() {
    return Optional.ofNullable(System.getProperty(property())).filter(place -> !place.isBlank());
  }

  /** The command that starts such a node; where nobody said where it is, the test that asks is skipped. */
  List<String> command() {
    Assumptions.assumeTrue(place().isPresent(), "-D" + property() + " names no real node of release " + version);
    String place = place().orElseThrow();
    return this == CURRENT ? List.of(place) : List.of("node", "--no-deprecation", place + "/node.mjs", version);
  }
}
