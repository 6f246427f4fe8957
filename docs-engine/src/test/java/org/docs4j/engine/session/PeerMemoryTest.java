package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.docs4j.api.NodeBusyException;
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
