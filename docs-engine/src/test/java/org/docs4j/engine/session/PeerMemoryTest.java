package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.docs4j.api.NodeBusyException;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.Timestamp;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.ranger.Range;
import org.junit.jupiter.api.Test;

class PeerMemoryTest {
  private final PeerMemory memory = new PeerMemory();

  @Test
  void add_upToItsOwn_leavesTheShareAlone() {
    PeerMemory.Lease lease = memory.lease();
    lease.add(PeerMemory.OWN_BYTES - 1);
    lease.add(1);
    assertEquals(PeerMemory.SHARED_BYTES, memory.left());
    lease.add(5);
    assertEquals(PeerMemory.SHARED_BYTES - 5, memory.left());
    lease.set(PeerMemory.OWN_BYTES + 2);
    assertEquals(PeerMemory.SHARED_BYTES - 2, memory.left());
    lease.close();
    lease.close();
    assertEquals(PeerMemory.SHARED_BYTES, memory.left());
  }

  @Test
  void setUnread_hasALittleOfItsOwnBesideMessages() {
    PeerMemory.Lease lease = memory.lease();
    lease.set(PeerMemory.OWN_BYTES + 7);
    lease.setUnread(PeerMemory.OWN_BYTES);
    assertEquals(PeerMemory.SHARED_BYTES - 7, memory.left());
    lease.setUnread(PeerMemory.OWN_BYTES + 5);
    assertEquals(PeerMemory.SHARED_BYTES - 12, memory.left());
    assertThrows(NodeBusyException.class, () -> lease.setUnread(PeerMemory.OWN_BYTES + PeerMemory.SHARED_BYTES));
    lease.set(0);
    assertEquals(PeerMemory.SHARED_BYTES - 5, memory.left());
    lease.close();
    assertEquals(PeerMemory.SHARED_BYTES, memory.left());
    assertThrows(NodeBusyException.class, () -> lease.setUnread(1));
  }

  @Test
  void whole_countsEntries_andKept_theEndsOfEachPartOnce() {
    Record record = new Record(1, Hash.ofContent(new byte[] {1}), new Timestamp(9));
    Part.Value value = new Part.Value(HostileSessions.signed("k".repeat(1000), record), ContentStatus.MISSING);
    Range range = Range.all(new RecordIdentifier(Entries.NAMESPACE.id(), Entries.AUTHORS.get(0).id(), Key.of("x".repeat(5000))));
    List<Piece> pieces =
        List.of(new Piece.Items(range, List.of(value, value), false, false), new Piece.Items(range, List.of(value), true, false));
    long kept = PeerMemory.kept(pieces);
    assertTrue(kept >= 10_000 && kept < 11_000, () -> "" + kept);
    long entries = PeerMemory.whole(pieces) - kept;
    assertTrue(entries >= 3 * 1400 && entries < 3 * 2000, () -> "" + entries);
  }

  @Test
  void add_moreThanIsLeft_isRefusedAndOthersKeepWhatIsTheirs() {
    PeerMemory.Lease greedy = memory.lease();
    greedy.add(PeerMemory.SHARED_BYTES);
    assertFalse(memory.hasRoom());
    PeerMemory.Lease modest = memory.lease();
    modest.add(PeerMemory.OWN_BYTES);
    assertThrows(NodeBusyException.class, () -> modest.add(PeerMemory.OWN_BYTES + 1));
    modest.add(PeerMemory.OWN_BYTES);
    assertEquals(0, memory.left());
    assertThrows(NodeBusyException.class, () -> modest.add(1));
    greedy.close();
    modest.add(1);
    assertTrue(memory.hasRoom());
    assertThrows(NodeBusyException.class, () -> greedy.add(1));
  }
}
