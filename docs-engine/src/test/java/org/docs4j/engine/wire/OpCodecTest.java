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
import org.docs4j.engine.captured.Vectors;
import org.docs4j.engine.ranger.Entries;
import org.junit.jupiter.api.Test;

class OpCodecTest {
  /** The three operations as computed from WIRE 5.5. */
  private static final Map<Class<? extends Op>, String> VECTORS =
      Map.of(
          Op.Put.class, Vectors.text("docs_ops", "Put"),
          Op.ContentReady.class, Vectors.text("docs_ops", "ContentReady"),
          Op.SyncReport.class, Vectors.text("docs_ops", "SyncReport"));

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

  @Test
  void mostHeads_isWhatAReportOfTheShortestHeadsCanHave() {
    for (int maxBytes : new int[] {0, 70, 4057, 4096}) {
      int most = OpCodec.mostHeads(maxBytes);
      Map<AuthorId, Timestamp> heads = new TreeMap<>();
      for (int i = 0; i <= most; i++) {
        heads.put(new AuthorId(new Bytes32(i, 0, 0, 0)), new Timestamp(i % 128));
      }
      Op report = new Op.SyncReport(Entries.NAMESPACE.id(), AuthorHeads.of(heads));
      Bytes content = OpCodec.encode(report, Math.max(maxBytes, 1 + 32 + 5 + 1));
      int sent = ((Op.SyncReport) OpCodec.decode(content)).heads().heads().size();
      assertTrue(sent <= most && sent >= most - 1, sent + " of " + most + " in " + maxBytes);
    }
  }
}
