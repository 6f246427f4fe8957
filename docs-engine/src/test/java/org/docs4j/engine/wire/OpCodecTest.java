package org.docs4j.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.wire.Hex;
import org.docs4j.engine.ranger.Entries;
import org.junit.jupiter.api.Test;

class OpCodecTest {
  /** The three operations as computed from WIRE 5.5. */
  private static final Map<Class<? extends Op>, String> VECTORS =
      Map.of(
          Op.Put.class,
          "00328ad2e055def6fdd5bb4cb43cfe734796bba0beefbe485fd31e92c166f2794981d5dba1543f9f748c2e9500bf81023a28b2f3280c"
              + "435abe651048c560290005e7155083fdcdca0aaf0e215b357ac379b63b4d030fbc0b9f93ae8f6608cd373ada24e87b014e9061c2"
              + "25c99a7454d76a06c74c013565923b5d8cf928a0304d00458a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801"
              + "b40f6f5c8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b39468656c6c6f05d7894ae9716d38d2dfad"
              + "0ec55424ca321ee12453d51f1b3adeb77d0475ed988c8080f9c0c1c48203",
          Op.ContentReady.class,
          "01d7894ae9716d38d2dfad0ec55424ca321ee12453d51f1b3adeb77d0475ed988c",
          Op.SyncReport.class,
          "028a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c51028780f9c0c1c48203ca93ac1705187071d67b83"
              + "c7ff0efe8108e8ec4530575d7726879333dbdabe7c8080f9c0c1c482038139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37"
              + "a25df60f5b8fc9b394");

  @Test
  void decode_vectors_areReproduced() {
    VECTORS.forEach(
        (type, hex) -> {
          Op op = OpCodec.decode(Bytes.of(Hex.decode(hex)));
          assertEquals(type, op.getClass());
          assertEquals(hex, OpCodec.encode(op, 4096).toString());
        });
  }

  @Test
  void decode_cutVectors_areMalformed() {
    for (String hex : VECTORS.values()) {
      byte[] bytes = Hex.decode(hex);
      for (int length : List.of(0, 1, 20, bytes.length - 1)) {
        Bytes cut = Bytes.of(bytes, 0, length);
        assertThrows(MalformedMessageException.class, () -> OpCodec.decode(cut));
      }
    }
  }

  @Test
  void encode_reportOfManyAuthors_fitsTheLimit() {
    Map<AuthorId, Timestamp> heads = new TreeMap<>();
    for (int i = 0; i < 500; i++) {
      heads.put(new AuthorId(new Bytes32(i, 0, 0, 0)), new Timestamp(1_700_000_000_000_000L + i));
    }
    Op report = new Op.SyncReport(Entries.NAMESPACE.id(), AuthorHeads.of(heads));
    Bytes content = OpCodec.encode(report, 4057);
    assertTrue(content.size() <= 4057, "size " + content.size());
    Op.SyncReport read = (Op.SyncReport) OpCodec.decode(content);
    assertTrue(read.heads().heads().size() > 90, "heads: " + read.heads().heads().size());
    assertTrue(read.heads().head(new AuthorId(new Bytes32(499, 0, 0, 0))).isPresent());
  }
}
