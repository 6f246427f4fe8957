package org.docs4j.tck.store;

/** What can be wrong with a store: the rule that must find it, and words that its message must have. */
enum StoreFlaw {
  LOSES_A_KEY_NOW_AND_THEN(100, "again with -D"),
  OPENS_TWICE(101, "while it is open in this process"),
  LOCKS_THIS_PROCESS_ONLY(101, "an open while this process has it"),
  FORGETS_ON_REOPEN(102, "after a clean end"),
  DROPS_UNDECLARED_TABLES(102, "not opened with in between"),
  LOSES_ON_KILL(102, "after a kill"),
  TAKES_ANY_FOLDER(103, "somebody else's file"),
  IGNORES_OPTIONS(104, "an option nobody knows"),
  TAKES_ANY_TABLE(105, "get"),
  NAMES_ITS_TABLES(106, "under another name"),
  HIDES_DAMAGE(107, "must be refused as corrupted"),
  REFUSES_EMPTY_KEYS(110, "empty key"),
  LOSES_EMPTY_VALUES(110, "the empty value"),
  DROPS_LONG_VALUES(111, "a value of 65536 bytes"),
  CUTS_LONG_VALUES(111, "a value of 65536 bytes, before the commit: length"),
  SHORT_KEYS(112, "must have 480"),
  TAKES_LONG_KEYS(113, "above maxKeyBytes()"),
  TAKES_LONG_VALUES(113, "above MAX_VALUE_BYTES"),
  SIGNED_ORDER(114, "forwards, before the commit"),
  LONGER_KEYS_FIRST(114, "forwards, before the commit"),
  ONE_TABLE_FOR_ALL(115, "of another table"),
  KEEPS_ARRAYS(116, "arrays that went in are not kept"),
  HANDS_OUT_ITS_ARRAYS(116, "copies"),
  READS_THE_LATEST(120, "after a commit"),
  COMMITS_PIECEMEAL(120, "part of a commit in one snapshot"),
  SNAPSHOTS_STAY_ON_THEIR_THREAD(121, "on another thread than its own"),
  FEW_SNAPSHOTS(122, "too many snapshots"),
  READS_AFTER_CLOSE(123, "get"),
  TWO_WRITERS(130, "on the same thread"),
  DIRTY_READS(131, "opened meanwhile"),
  DOES_NOT_SEE_ITS_WRITES(131, "its own cursor"),
  KEEPS_ON_ROLLBACK(132, "after the rollback"),
  LATE_COMMIT(133, "as soon as commit returns"),
  HIDES_A_FULL_DISK(133, "a commit without room"),
  LOSES_WHEN_FULL(133, "when it was opened again"),
  FORGETS_AFTER_FULL(133, "when it was opened again"),
  WRITES_AFTER_COMMIT(134, "put after commit"),
  ONE_WRITER_THREAD(135, "on another thread"),
  NO_SYNC_WHILE_WRITING(140, "on another thread"),
  COMMITS_ON_CLOSE(150, "was rolled back"),
  LEAVES_SNAPSHOTS_OPEN(150, "get in a snapshot"),
  OPENS_AFTER_CLOSE(151, "read"),
  FINDS_NEIGHBOURS(160, "nothing is at"),
  KEEPS_THE_FIRST_VALUE(161, "before the commit"),
  DELETES_WHAT_IS_NOT_THERE(162, "is not there"),
  CUTS_LONG_KEYS(163, "never there"),
  CURSOR_SEES_WHAT_WAS(170, "next comes to a key put just above"),
  CEILING_ABOVE(171, "at a key"),
  FLOOR_BELOW(172, "at a key"),
  LAST_OF_ANOTHER_TABLE(173, "in an empty table"),
  NEXT_GOES_ROUND(174, "there is no more"),
  PREVIOUS_GOES_TWO(175, "first step"),
  CURSOR_STAYS_WHEN_LOST(176, "after next found nothing"),
  CURSOR_LEAVES_ITS_TABLE(177, "has other keys"),
  CURSOR_OUTLIVES_ITS_CLOSE(178, "after its close");

  private final int rule;
  private final String words;

  StoreFlaw(int rule, String words) {
    this.rule = rule;
    this.words = words;
  }

  /** The rule, as tests are named: {@code store120}. */
  String rule() {
    return "store" + rule;
  }

  String words() {
    return words;
  }
}
