package org.docs4j.engine.live;

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

  Activity activity() {
    return activity;
  }

  boolean isIdle() {
    return activity == Activity.IDLE;
  }

  void begin(Activity what, long number, long now) {
    activity = what;
    session = number;
    since = now;
    resync = false;
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

  void succeed() {
    failures = 0;
    retry = 0;
  }

  void awaitRetry(long number) {
    retry = number;
  }

  boolean awaits(long number) {
    return retry == number && isIdle();
  }
}
