package org.docs4j.tck.transport;

/**
 * What can be wrong with a transport: the rule that must find it, and words that its message must have. The first one of
 * each rule breaks no other rule.
 */
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
  KEEPS_EVERY_PEER(213, "before 16384 others"),
  KEEPS_EVERY_ADDRESS(213, "at most 64 addresses"),
  FORGETS_LIVE_PEERS(213, "the accepting side knows an address"),
  CLOSES_HASTILY(214, "all bytes of a finished stream"),
  CLOSES_WITH_A_CODE(214, "the close code at the peer"),
  FORGIVES_HANDLERS(215, "whose handler failed"),
  ADDS_A_WILDCARD(216, "an address that can be dialled"),
  HIDES_ITS_ADDRESS(216, "there is an address"),
  STICKS_TO_OLD_ADDRESSES(217, "dialling failed"),
  SHARES_CONNECTIONS(217, "an incoming connection"),
  OFFERS_THE_FIRST_ONLY(218, "dialling for two protocols, the second of which is taken,"),
  OFFERS_BACKWARDS(218, "the protocol that the peer began to take first"),
  FORGETS_THOSE_WHO_OPEN(220, "the end of every stage"),
  FORGETS_PENDING_ACCEPTS(220, "pending stage 0"),
  LOSES_CLOSE_CODES(220, "the close code in pending stage"),
  HIDES_EMPTY_STREAMS(221, "accepting an empty stream"),
  ACCEPTS_THE_LATER_BIDI_FIRST(222, "the number of a stream in the order of acceptance"),
  ACCEPTS_THE_LATER_FIRST(222, "the number of a one-way stream in the order of acceptance"),
  TAKES_THE_LAST_CLOSE(223, "the first end decides"),
  LOSES_REASONS(223, "the reason at the peer"),
  BLAMES_ITS_PEER(224, "the end here"),
  BLAMES_ITSELF(224, "the end at the peer"),
  MIXES_STREAMS(225, "stream 49"),
  REFUSES_MANY_STREAMS(225, "opening stream 100"),
  WAITS_FOR_EVER(226, "a connection with a silent peer ends"),
  TAKES_SILENCE_FOR_A_GOODBYE(226, "how a connection with a silent peer ends"),
  OPENS_NINE_HUNDRED(227, "opening stream 900"),
  WRITES_WHOLE_BUFFERS(230, "what remained of both buffers"),
  LOSES_ORDER(230, "in the order of their writes"),
  FORGETS_WRITES_THAT_WAITED(231, "the write that waited, once somebody reads"),
  TAKES_EVERYTHING(231, "taken though nobody reads"),
  FINISHES_ONCE(232, "the end, asked for twice"),
  FINISHES_BOTH_WAYS(232, "all bytes up to the end"),
  RESETS_SOFTLY(233, "a read when the stream is reset"),
  CUTS_OFF_QUIETLY(233, "reading all of a stream that was reset"),
  FORGETS_PENDING_WRITES(233, "a write that waits when this side resets"),
  WRITES_AFTER_THE_END(234, "a write after the end"),
  ACCEPTS_AHEAD(240, "taken though nobody reads"),
  READS_AHEAD(240, "taken though nobody reads"),
  ENDS_ONCE(241, "a read at the end"),
  READS_TOO_MUCH(241, "bytes for a read of"),
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
