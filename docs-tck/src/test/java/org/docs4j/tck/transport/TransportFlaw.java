package org.docs4j.tck.transport;

/** What can be wrong with a transport: the rule that must find it, and words that its message must have. */
enum TransportFlaw {
  DIALS_LATE(201, "dialling failed"),
  SHARES_PORTS(202, "a port that another endpoint has"),
  IGNORES_OPTIONS(203, "an option nobody knows"),
  ALWAYS_DIALLED(210, "who accepts has not dialled"),
  IGNORES_THE_BOOK(210, "dialling by id"),
  BLAMES_THE_NETWORK(211, "expected: <org.docs4j.api.PeerIdentityException>"),
  TRUSTS_ANYONE(211, "dialling another peer's address"),
  TRIES_ONE_ADDRESS(211, "dialling a peer with an address that somebody else has failed"),
  BLAMES_THE_PEER(211, "is said to be an impostor"),
  NEVER_GIVES_UP(211, "dialling without an address did not happen"),
  REPLACES_HANDLERS(212, "a second handler for a protocol"),
  KEEPS_EVERY_ADDRESS(213, "at most 64 addresses"),
  FORGETS_LIVE_PEERS(213, "the accepting side knows an address"),
  CLOSES_HASTILY(214, "all bytes of a finished stream"),
  CLOSES_WITH_A_CODE(214, "the close code at the peer"),
  FORGIVES_HANDLERS(215, "whose handler failed"),
  HIDES_ITS_ADDRESS(216, "there is an address"),
  RECALLS_OLD_CONNECTIONS(217, "an incoming connection"),
  FORGETS_PENDING_ACCEPTS(220, "pending stage 0"),
  LOSES_CLOSE_CODES(220, "the close code in pending stage"),
  HIDES_EMPTY_STREAMS(221, "accepting an empty stream"),
  ACCEPTS_THE_LATER_FIRST(222, "in the order of acceptance"),
  LOSES_REASONS(223, "the reason at the peer"),
  BLAMES_ITSELF(224, "the end at the peer"),
  MIXES_STREAMS(225, "stream 49"),
  REFUSES_MANY_STREAMS(225, "opening stream 100"),
  WAITS_FOR_EVER(226, "a connection with a silent peer ends"),
  TAKES_SILENCE_FOR_A_GOODBYE(226, "how a connection with a silent peer ends"),
  LOSES_ORDER(230, "in the order of their writes"),
  WRITES_WHOLE_BUFFERS(230, "what remained of both buffers"),
  TAKES_EVERYTHING(231, "taken though nobody reads"),
  FINISHES_BOTH_WAYS(232, "all bytes up to the end"),
  RESETS_SOFTLY(233, "a read when the stream is reset"),
  CUTS_OFF_QUIETLY(233, "reading all of a stream that was reset"),
  FORGETS_PENDING_WRITES(233, "a write that waits when this side resets"),
  WRITES_AFTER_THE_END(234, "a write after the end"),
  READS_AHEAD(240, "taken though nobody reads"),
  READS_TOO_MUCH(241, "bytes for a read of"),
  ENDS_ONCE(241, "a read at the end"),
  IGNORES_STOPS(242, "a write when the peer stopped the stream"),
  READS_TWICE(243, "a second read beside the first"),
  PILES_UP(250, "calls deep");

  private final int rule;
  private final String words;

  TransportFlaw(int rule, String words) {
    this.rule = rule;
    this.words = words;
  }

  String rule() {
    return "transport" + rule;
  }

  String words() {
    return words;
  }
}
