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
  private boolean resyncing;
  private long newsSince;
  private boolean neighbor;
  private boolean asked;
  private int failures;
  private long retry;
  private Origin retryOrigin = Origin.DIRECT_JOIN;
  private boolean greet;
  private boolean greeting;
  private long neighborSince;
  private long changes = -1;
  private long changesBefore = -1;
  private int stalls;
  private int overtaken;
  private long notBefore;

  Activity activity() {
    return activity;
  }

  boolean isIdle() {
    return activity == Activity.IDLE;
  }

  /**
   * Begins a session that is dialled here: it sees to what the peer has reported, and greets a new neighbour.
   *
   * @param stored how many times something was stored in the document so far
   */
  void dial(long number, long now, long stored) {
    resyncing = resync;
    greeting = greet;
    resync = false;
    greet = false;
    begin(Activity.CONNECTING, number, now, stored);
  }

  /**
   * Begins a session that the peer dialled. It may have been on its way when the peer reported something or became a
   * neighbour, and so may be past what is meant; if it comes later, it sees to that.
   *
   * @param greets whether the peer greets this node by itself if it was not its neighbour yet when it dialled
   */
  void accept(long number, boolean greets, long now, long stored) {
    if (activity == Activity.CONNECTING) {
      dialledInVain();
    } else if (activity == Activity.ACCEPTED && isUnchanged() && changes == stored) {
      overtaken++;
    }
    resyncing = false;
    greeting = false;
    resync &= now - newsSince < LiveState.ON_ITS_WAY.toNanos();
    greet &= !greets && now - neighborSince < LiveState.ON_ITS_WAY.toNanos();
    begin(Activity.ACCEPTED, number, now, stored);
  }

  private void begin(Activity what, long number, long now, long stored) {
    changesBefore = changes;
    changes = stored;
    activity = what;
    session = number;
    since = now;
    retry = 0;
  }

  /** Notes that the session has failed; returns whether the peer is dialled again. */
  boolean fail() {
    boolean again = isWorthRetrying() || resync;
    dialledInVain();
    return again;
  }

  /** A session that was dialled here has come to nothing: what it was for is still to be done. */
  private void dialledInVain() {
    resync |= resyncing;
    greet |= greeting;
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

  /** The peer has reported something at a time, or what it said was lost. */
  void requestResync(long now) {
    resync = true;
    newsSince = now;
  }

  boolean resyncRequested() {
    return resync;
  }

  /** The peer became a neighbour at a time, and is to be greeted. */
  void neighborUp(long now) {
    neighbor = true;
    neighborSince = now;
    greet = true;
  }

  void neighborDown() {
    neighbor = false;
    greet = false;
    greeting = false;
  }

  /** Whether no session since the peer became a neighbour has made sure of what it stored before. */
  boolean isToBeGreeted() {
    return greet;
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
    overtaken = 0;
  }

  /** Counts a session without progress; returns how many there were in a row. */
  int stall() {
    return ++stalls;
  }

  /** How many sessions there were in a row without progress, those included that the peer began anew before their end. */
  int fruitless() {
    return stalls + overtaken;
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
