package org.docs4j.engine.ranger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.jspecify.annotations.Nullable;

/**
 * One message in the course of being taken and answered (WIRE 4.6): entries while they arrive, and fingerprints once all
 * of them are stored.
 *
 * <p>Pure, and of bounded memory however long the message is: one piece, an answer within the budget, and up to
 * {@link Answer#MAX_EXAMINED} fingerprints whose ends have up to {@link #MAX_KEPT_BYTES}. What exceeds that is not
 * answered; it comes up again in a next session. Between two calls the replica may change; each part is answered by what
 * is there at its turn. For one thread at a time.
 */
public final class Exchange {
  /** How many bytes the ends of fingerprints have that are kept until all entries are stored. */
  public static final long MAX_KEPT_BYTES = 16 << 20;

  private final NamespaceId namespace;
  private final ReconcilerConfig config;
  private final LatestEntries latest;
  private final List<Part.RangeFingerprint> fingerprints = new ArrayList<>();
  private long keptBytes;
  private @Nullable Answer begun;
  private @Nullable ItemAnswer open;
  private boolean compared;
  private boolean asked;
  private int taken;
  private final List<Differing> differing = new ArrayList<>();
  private int calls;
  private boolean closing;
  private boolean shared;
  private int examined;
  private int answered;

  /**
   * A range that differs.
   *
   * @param ours what is here of it
   * @param call in which call that was so; the replica may have changed since
   */
  private record Differing(Part.RangeFingerprint part, RangeSummary ours, int call) {}

  Exchange(NamespaceId namespace, ReconcilerConfig config) {
    this.namespace = namespace;
    this.config = config;
    this.latest = new LatestEntries(namespace, config);
  }

  /**
   * Takes the next piece and offers its entries.
   *
   * @param pause whether to leave the rest of the piece for another call
   * @return whether the piece was taken as a whole; if not, it is to be passed again
   */
  public boolean take(Piece piece, RangeView view, EntrySink sink, BooleanSupplier pause) {
    if (piece instanceof Piece.Items items) {
      return takeItems(items, answer(view), sink, pause);
    }
    keep(((Piece.Fingerprint) piece).part());
    return true;
  }

  private Answer answer(RangeView view) {
    @Nullable Answer answer = begun;
    if (answer == null) {
      answer = new Answer(namespace, config, view);
      begun = answer;
    } else {
      answer.look(view);
    }
    return answer;
  }

  private void keep(Part.RangeFingerprint part) {
    if (fingerprints.size() < Answer.MAX_EXAMINED && keptBytes < MAX_KEPT_BYTES) {
      fingerprints.add(part);
      keptBytes += Answer.wireSize(part.range());
    }
  }

  private boolean takeItems(Piece.Items piece, Answer answer, EntrySink sink, BooleanSupplier pause) {
    @Nullable ItemAnswer item = open;
    if (item == null) {
      item = new ItemAnswer(piece.range(), namespace, config);
      open = item;
    }
    if (!compared) {
      compared = true;
      asked = !piece.last() || (!piece.haveLocal() && answer.examine());
      if (asked) {
        item.compare(piece, answer);
      }
    }
    while (taken < piece.values().size()) {
      Optional<SignedEntry> parent = sink.offer(piece.values().get(taken));
      if (sink.wantsAgain()) {
        return false;
      }
      taken++;
      if (parent.isPresent() && (asked || piece.haveLocal())) {
        item.protect(parent.get(), piece, answer);
      }
      if (taken < piece.values().size() && pause.getAsBoolean()) {
        return false;
      }
    }
    taken = 0;
    compared = false;
    if (piece.last()) {
      open = null;
      if (asked) {
        item.addTo(answer);
      } else if (piece.haveLocal()) {
        answer.addVain(item.bytes());
        item.addParentsTo(answer);
      }
    }
    return true;
  }

  /**
   * Answers fingerprints, once all pieces were taken.
   *
   * @param pause asked after each whether to leave the rest for another call
   * @return whether the answer is complete
   */
  public boolean finish(RangeView view, BooleanSupplier pause) {
    Answer answer = answer(view);
    calls++;
    if (!closing) {
      closing = true;
      answer.expect(fingerprints.size());
    }
    while (answer.addNextFingerprint()) {
      if (pause.getAsBoolean()) {
        return false;
      }
    }
    while (examined < fingerprints.size() && differing.size() < config.comparedFirst()) {
      examine(fingerprints.get(examined++), answer);
      if (pause.getAsBoolean()) {
        return false;
      }
    }
    if (!shared) {
      shared = true;
      answer.share(differing.size());
    }
    while (answered < differing.size()) {
      Differing next = differing.get(answered++);
      RangeSummary ours = next.call() == calls ? next.ours() : answer.summary(next.part().range());
      if (!answerLatest(next.part(), ours, answer)) {
        answerFingerprint(next.part(), ours, answer);
      }
      if (pause.getAsBoolean()) {
        return false;
      }
    }
    while (examined < fingerprints.size()) {
      if (answer.examine()) {
        Part.RangeFingerprint part = fingerprints.get(examined);
        answerFingerprint(part, answer.summary(part.range()), answer);
      }
      examined++;
      if (pause.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  /** Looks whether a range differs, so that it is known how many do before the first of them is answered. */
  private void examine(Part.RangeFingerprint part, Answer answer) {
    if (answer.examine()) {
      RangeSummary ours = answer.summary(part.range());
      if (!ours.fingerprint().equals(part.fingerprint())) {
        differing.add(new Differing(part, ours, calls));
      }
    }
  }

  /** Answers a range with the latest entries here, if those are what the peer lacks, and are fewer than all. */
  private boolean answerLatest(Part.RangeFingerprint part, RangeSummary ours, Answer answer) {
    boolean small = ours.count() <= answer.itemLimit() || part.fingerprint().equals(Fingerprint.EMPTY_SET);
    return !small && !answer.isFull() && latest.answer(part, ours, answer);
  }

  private static void answerFingerprint(Part.RangeFingerprint part, RangeSummary ours, Answer answer) {
    Range range = part.range();
    if (ours.fingerprint().equals(part.fingerprint())) {
      return;
    }
    boolean peerIsEmpty = part.fingerprint().equals(Fingerprint.EMPTY_SET);
    if (answer.isFull()) {
      answer.putOff(range, ours);
    } else if (peerIsEmpty) {
      answer.allItems(range, false);
    } else if (ours.count() > answer.itemLimit() || !answer.exchangeItems(range)) {
      if (answer.canSplit()) {
        answer.split(range, ours.count());
      } else {
        answer.putOff(range, ours);
      }
    }
  }

  /** The answer, once it is complete; empty when there is nothing to say. */
  public RangeMessage reply() {
    return begun == null ? RangeMessage.EMPTY : begun.toMessage();
  }
}
