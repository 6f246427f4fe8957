package org.docs4j.engine.live;

import org.docs4j.api.SyncReport.Origin;

/** What is known of one peer with regard to one document. */
final class PeerState {
  /** What is going on with the peer. */
  enum Activity {
    IDLE,
    CONNECTING,
    ACCEPTED
  }

  private Activity activity = Activity.IDLE;
  private long session;
  private long since;
  private boolean resync;
  private boolean neighbor;
  private boolean asked;
  private int failures;
  private long retry;
  private Origin retryOrigin = Origin.DIRECT_JOIN;
  private boolean greet;
  private long equalAt = -1;
  private long changes = -1;
  private long changesBefore = -1;
  private int stalls;
  private long notBefore;

  Activity activity() {
    return activity;
  }

  boolean isIdle() {
    return activity == Activity.IDLE;
  }

  /**
   * Begins a session.
   *
   * @param stored how many times something was stored in the document so far
   */
  void begin(Activity what, long number, long now, long stored) {
    changesBefore = changes;
    changes = stored;
    activity = what;
    session = number;
    since = now;
    resync = false;
    greet = false;
    equalAt = -1;
    retry = 0;
  }

  /** When the session began, in nanoseconds of the ticker. */
  long since() {
    return since;
  }

  /** Whether this end is that of the session which counts; a superseded one does not. */
  boolean end(long number) {
    if (isIdle() || session != number) {
      return false;
    }
    activity = Activity.IDLE;
    return true;
  }

  void requestResync() {
    resync = true;
  }

  boolean resyncRequested() {
    return resync;
  }

  void neighbor(boolean is) {
    neighbor = is;
    if (!is) {
      greet = false;
      equalAt = -1;
    }
  }

  /** The peer became a neighbour during a session. */
  void greetAfterwards() {
    greet = true;
  }

  boolean isToBeGreeted() {
    return greet;
  }

  /**
   * Whether the last session has left the peer with all that is here.
   *
   * @param stored how many times something was stored in the document so far
   */
  boolean isEqual(long stored) {
    return equalAt == stored;
  }

  boolean isNeighbor() {
    return neighbor;
  }

  void ask() {
    asked = true;
  }

  /** Whether the peer is dialled again after a failure: because the application named it, or it is a neighbour. */
  boolean isWorthRetrying() {
    return neighbor || asked;
  }

  int countFailure() {
    return ++failures;
  }

  /** Both sides are equal, but for what was stored here during the session besides what it has brought. */
  void succeed(long received) {
    forgive();
    equalAt = changes + received;
  }

  void forgive() {
    failures = 0;
    retry = 0;
  }

  void awaitRetry(long number, Origin origin) {
    retry = number;
    retryOrigin = origin;
  }

  Origin retryOrigin() {
    return retryOrigin;
  }

  boolean awaitsRetry() {
    return retry != 0;
  }

  /** Whether nothing was stored here since the session before the one that has ended now began. */
  boolean isUnchanged() {
    return changesBefore == changes;
  }

  /** A session has brought something, or could have. */
  void progress() {
    stalls = 0;
  }

  /** Counts a session without progress; returns how many there were in a row. */
  int stall() {
    return ++stalls;
  }

  int stalls() {
    return stalls;
  }

  /** No session is to begin before a time. */
  void pause(long until) {
    notBefore = until;
  }

  /** Whether a session that the peer begins comes sooner than {@link LiveState#FIRST_STALL} after the last one began. */
  boolean isTooSoon(long now, long stored) {
    return stored == changes && now - since < LiveState.FIRST_STALL.toNanos();
  }

  /** How many nanoseconds the pair still has to wait; nothing if something was stored since its last session. */
  long pauseLeft(long now, long stored) {
    return stalls > 0 && stored == changes ? Math.max(0, notBefore - now) : 0;
  }

  boolean awaits(long number) {
    return retry == number && isIdle();
  }
}
