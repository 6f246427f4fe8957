package org.docs4j.engine.ranger;

import java.util.Optional;
import org.docs4j.api.model.RecordIdentifier;

/** Counts what reconciliation asks of a view. */
final class CountingView implements RangeView {
  private final RangeView view;
  private long rows;
  private long lookups;

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

  @Override
  public Optional<RecordIdentifier> smallest() {
    return view.smallest();
  }

  @Override
  public RangeSummary summary(Segment segment) {
    lookups++;
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
