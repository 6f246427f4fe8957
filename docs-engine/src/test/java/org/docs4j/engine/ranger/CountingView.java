package org.docs4j.engine.ranger;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.model.RecordIdentifier;

/** Counts what reconciliation asks of a view. */
final class CountingView implements RangeView {
  private final RangeView view;
  private long rows;
  private long lookups;
  private final Map<Segment, Integer> sums = new HashMap<>();

  CountingView(RangeView view) {
    this.view = view;
  }

  /** How many entries were read. */
  long rows() {
    return rows;
  }

  /** How many summaries and positions were asked for. */
  long lookups() {
    return lookups;
  }

  /** How often the same run was summed at most. */
  int mostSums() {
    return Collections.max(sums.values());
  }

  @Override
  public Optional<RecordIdentifier> smallest() {
    return view.smallest();
  }

  @Override
  public RangeSummary summary(Segment segment) {
    lookups++;
    sums.merge(segment, 1, Integer::sum);
    return view.summary(segment);
  }

  @Override
  public RecordIdentifier select(Segment segment, long index) {
    lookups++;
    return view.select(segment, index);
  }

  @Override
  public EntryPage entries(Segment segment, int max) {
    EntryPage page = view.entries(segment, max);
    rows += page.entries().size();
    return page;
  }
}
