package org.docs4j.engine.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.wire.EntryCodec;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;

/**
 * Decodes one message while its frame arrives (WIRE 4.2 and 4.3).
 *
 * <p>Memory is bounded whatever the frame's length: the bytes of one element, and one batch of pieces. Announced counts
 * are held against what is left of the frame before anything is done about them. Bytes after the message are passed over,
 * as real nodes do. For one thread at a time; after an exception it is of no more use.
 *
 * <p>An entry whose key is longer than {@link Key#MAX_BYTES} is passed over and counted: it is no reason to miss the others.
 * Real nodes use the identifiers of such entries as ends of ranges, too. Those are cut to the shortest that comes before
 * and after the same entries of all that can be stored here, with a key one byte longer than an entry may have; ends that
 * are equal then stand for everything, of which what was meant is a part.
 */
public final class MessageDecoder {
  /** How many entries and fingerprints make a batch. */
  public static final int BATCH_ELEMENTS = 256;

  /** From how many bytes on a batch is full, however few elements it has. */
  public static final int BATCH_BYTES = 256 << 10;

  /** The most parts that a message may have. */
  public static final int MAX_PARTS = 1 << 20;

  /** The most fingerprints that a message may have: many times what nodes of any split width send. */
  public static final int MAX_FINGERPRINTS = 1 << 16;

  private static final int MIN_PART_BYTES = 1 + 2 * (1 + 64) + 2;
  private static final int MIN_VALUE_BYTES = EntryCodec.MIN_SIGNED_ENTRY_BYTES + 1;
  private static final int SIGNATURES_BYTES = 128;
  private static final Range NO_RANGE = Range.all(Range.ZERO);

  private enum State {
    KIND,
    NAMESPACE,
    REASON,
    PART_COUNT,
    PART_KIND,
    X,
    Y,
    FINGERPRINT,
    VALUE_COUNT,
    VALUE,
    LONG_VALUE_RECORD,
    HAVE_LOCAL,
    DONE
  }

  private final FrameBytes frame;
  private State state = State.KIND;
  private Optional<MessageHead> head = Optional.empty();
  private Optional<NamespaceId> namespace = Optional.empty();
  private int partsLeft;
  private int fingerprints;
  private boolean isItem;
  private Range range = NO_RANGE;
  private int valuesLeft;
  private List<Part.Value> values = new ArrayList<>();
  private int tooLong;
  private long passed;
  private List<Piece> batch = new ArrayList<>();
  private int batchElements;
  private long batchBytes;

  /**
   * Decodes a frame.
   *
   * @param frameLength how many bytes its body has
   */
  public MessageDecoder(long frameLength) {
    this.frame = new FrameBytes(frameLength);
  }

  /** How many bytes of the frame are still to be fed. */
  public long missing() {
    return frame.missing();
  }

  /** How many bytes it keeps: what has come of an element that is not whole, the ends of its range, and pieces that wait. */
  public long held() {
    int ends = range.x().size() + (state == State.Y ? 0 : range.y().size());
    return frame.held() + ends + batchBytes;
  }

  /** Takes the next bytes, of which there may be more than the frame has left; those stay in the buffer. */
  public void feed(ByteBuffer bytes) {
    frame.feed(bytes);
  }

  /**
   * Decodes what has arrived until a batch is full.
   *
   * @return whether a batch is full, with possibly more to decode in the bytes that are here
   * @throws MalformedMessageException if the bytes are no message
   */
  public boolean advance() {
    while (state != State.DONE) {
      if (batchElements >= BATCH_ELEMENTS || batchBytes >= BATCH_BYTES) {
        if (state != State.HAVE_LOCAL) {
          endPiece();
          return true;
        }
      }
      if (missing() > 0 && (frame.isSkipping() || !isWhole())) {
        frame.trim();
        return false;
      }
      PostcardReader in = frame.reader();
      passed = 0;
      step(in);
      frame.take(in.position());
      frame.skip(passed);
    }
    frame.skip(frame.left());
    return false;
  }

  /** Whether the whole message was decoded; bytes of the frame may still be missing. */
  public boolean isDone() {
    return state == State.DONE;
  }

  /** What the message begins with, once that is known. */
  public Optional<MessageHead> head() {
    return head;
  }

  /** Hands over what was decoded since the last call. */
  public List<Piece> takeBatch() {
    List<Piece> taken = batch;
    batch = new ArrayList<>();
    batchElements = 0;
    batchBytes = 0;
    if (state == State.PART_KIND || state == State.DONE) {
      range = NO_RANGE;
    }
    return taken;
  }

  /** The parts that some pieces make, each of which begins and ends among them. */
  static RangeMessage toMessage(List<Piece> pieces) {
    List<Part> parts = new ArrayList<>();
    List<Part.Value> values = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Fingerprint fingerprint) {
        parts.add(fingerprint.part());
      } else if (piece instanceof Piece.Items items) {
        values.addAll(items.values());
        if (items.last()) {
          parts.add(new Part.RangeItem(items.range(), values, items.haveLocal()));
          values.clear();
        }
      }
    }
    return new RangeMessage(parts);
  }

  private boolean isWhole() {
    Lookahead next = frame.ahead();
    return switch (state) {
      case KIND, REASON, PART_COUNT, PART_KIND, VALUE_COUNT -> next.varint().isWhole();
      case NAMESPACE, FINGERPRINT -> next.id().isWhole();
      case X, Y -> next.rangeEnd().isWhole();
      case VALUE -> next.fixed(SIGNATURES_BYTES).identifier().varint().id().varint().varint().isWhole();
      case LONG_VALUE_RECORD -> next.varint().id().varint().varint().isWhole();
      case HAVE_LOCAL -> next.fixed(1).isWhole();
      case DONE -> true;
    };
  }

  private void step(PostcardReader in) {
    switch (state) {
      case KIND -> kind(in.variant(3, "sync message"));
      case NAMESPACE -> {
        namespace = Optional.of(new NamespaceId(in.bytes32()));
        state = State.PART_COUNT;
      }
      case REASON -> {
        head = Optional.of(new MessageHead.Abort(SyncMessageCodec.reason(in)));
        state = State.DONE;
      }
      case PART_COUNT -> partCount(in);
      case PART_KIND -> {
        isItem = in.variant(2, "part") == 1;
        state = State.X;
      }
      case X -> {
        range = Range.all(rangeEnd(in));
        batchBytes += range.x().size();
        state = State.Y;
      }
      case Y -> {
        range = new Range(range.x(), rangeEnd(in));
        batchBytes += range.y().size();
        state = isItem ? State.VALUE_COUNT : State.FINGERPRINT;
      }
      case FINGERPRINT -> fingerprint(in);
      case VALUE_COUNT -> {
        valuesLeft = frame.count(in, Integer.MAX_VALUE, MIN_VALUE_BYTES, "entries");
        state = valuesLeft == 0 ? State.HAVE_LOCAL : State.VALUE;
      }
      case VALUE -> value(in);
      case LONG_VALUE_RECORD -> {
        EntryCodec.readRecord(in);
        SyncMessageCodec.status(in);
        tooLong++;
        endValue();
      }
      case HAVE_LOCAL -> {
        batch.add(items(true, in.bool()));
        batchElements++;
        endPart();
      }
      case DONE -> throw new IllegalStateException("nothing is left to decode");
    }
  }

  private void kind(int kind) {
    state =
        switch (kind) {
          case 0 -> State.NAMESPACE;
          case 1 -> State.PART_COUNT;
          default -> State.REASON;
        };
  }

  private void partCount(PostcardReader in) {
    partsLeft = frame.count(in, MAX_PARTS, MIN_PART_BYTES, "parts");
    int parts = partsLeft;
    head =
        Optional.of(
            namespace
                .<MessageHead>map(document -> new MessageHead.Init(document, parts))
                .orElseGet(() -> new MessageHead.Sync(parts)));
    state = partsLeft == 0 ? State.DONE : State.PART_KIND;
  }

  private void fingerprint(PostcardReader in) {
    if (fingerprints++ == MAX_FINGERPRINTS) {
      throw in.malformed("more than " + MAX_FINGERPRINTS + " fingerprints in one message");
    }
    batch.add(new Piece.Fingerprint(new Part.RangeFingerprint(range, new Fingerprint(in.bytes32()))));
    batchElements++;
    endPart();
  }

  private RecordIdentifier rangeEnd(PostcardReader in) {
    if (!frame.ahead().rangeEnd().isTooLong()) {
      return EntryCodec.readIdentifier(in);
    }
    long size = frame.identifierSize(in);
    NamespaceId document = new NamespaceId(in.bytes32());
    AuthorId author = new AuthorId(in.bytes32());
    Key beginning = new Key(in.fixedBytes(Key.MAX_BYTES));
    passed = size - RecordIdentifier.PREFIX_BYTES - Key.MAX_BYTES;
    return new RecordIdentifier(document, author, beginning.next());
  }

  private void value(PostcardReader in) {
    if (frame.ahead().fixed(SIGNATURES_BYTES).identifier().isTooLong()) {
      in.fixed(SIGNATURES_BYTES);
      passed = frame.identifierSize(in);
      state = State.LONG_VALUE_RECORD;
      return;
    }
    values.add(new Part.Value(EntryCodec.readSignedEntry(in), SyncMessageCodec.status(in)));
    batchElements++;
    batchBytes += in.position();
    endValue();
  }

  private void endValue() {
    valuesLeft--;
    state = valuesLeft == 0 ? State.HAVE_LOCAL : State.VALUE;
  }

  private void endPart() {
    partsLeft--;
    state = partsLeft == 0 ? State.DONE : State.PART_KIND;
  }

  /** Hands what came of a part with entries to the batch, although more of it follows. */
  private void endPiece() {
    if (!values.isEmpty()) {
      batch.add(items(false, false));
    }
  }

  private Piece items(boolean last, boolean haveLocal) {
    Piece piece = new Piece.Items(range, values, last, haveLocal, tooLong);
    values = new ArrayList<>();
    tooLong = 0;
    return piece;
  }
}
