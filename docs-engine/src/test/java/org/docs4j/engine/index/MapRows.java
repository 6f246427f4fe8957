package org.docs4j.engine.index;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.docs4j.api.model.Bytes32;
import org.docs4j.engine.ranger.RangeSummary;

/** Rows and records in sorted maps, with counters of what is read. */
final class MapRows implements NodeRows.Writable, RecordRows {
  final TreeMap<Long, byte[]> rows = new TreeMap<>();
  final TreeMap<byte[], Mark> records = new TreeMap<>(Arrays::compareUnsigned);
  long loads;
  long visits;

  @Override
  public Optional<byte[]> load(long number) {
    loads++;
    return Optional.ofNullable(rows.get(number));
  }

  @Override
  public void store(long number, byte[] row) {
    rows.put(number, row);
  }

  @Override
  public void delete(long number) {
    rows.remove(number);
  }

  @Override
  public long last() {
    return rows.isEmpty() ? -1 : rows.lastKey();
  }

  @Override
  public void visit(byte[] from, Visitor visitor) {
    for (Map.Entry<byte[], Mark> record : records.tailMap(from).entrySet()) {
      visits++;
      if (!visitor.visit(record.getKey(), record.getValue())) {
        return;
      }
    }
  }

  /** Count and sum below a bound, by looking at every record. */
  RangeSummary before(byte[] bound) {
    RangeSummary sum = RangeSummary.NONE;
    for (Mark mark : records.headMap(bound).values()) {
      sum = sum.plus(new RangeSummary(1, mark.fingerprint()));
    }
    return sum;
  }

  Bytes32 sum() {
    return records.values().stream().map(mark -> mark.fingerprint().bytes()).reduce(Bytes32.ZERO, Bytes32::xor);
  }
}
