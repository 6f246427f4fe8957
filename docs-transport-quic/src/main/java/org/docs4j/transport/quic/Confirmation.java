package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicChannel;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the peer has confirmed a handshake (RFC 9001, section 4.1.2), as far as that shows from outside: whoever
 * accepted confirms it with its first packet after the handshake. Confined to the event loop.
 *
 * <p>A connection must not be closed before: the library has a fault here. Who dialled has handshake packets for which
 * it expects acknowledgements until then. Where one is overdue when the connection is closed with a code of the
 * application, the library makes acknowledgements without end: the call does not return and takes all memory. {@link
 * Farewell} limits that where it happens all the same.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: a timer; its task is what comes next.
final class Confirmation {
  private static final long POLL_MILLIS = 2;
  private static final long MAX_MILLIS = 3000;

  private final QuicChannel channel;
  private final boolean dialled;
  private final long before;

  /** Begins to watch, when the handshake is complete. */
  Confirmation(QuicChannel channel, boolean dialled) {
    this.channel = channel;
    this.dialled = dialled;
    this.before = Packets.received(channel);
  }

  /** Goes on as soon as it is there or the connection has ended, and after 3 s without one. */
  void await(Runnable then) {
    poll(then, MAX_MILLIS);
  }

  private void poll(Runnable then, long millisLeft) {
    if (!dialled || !channel.isActive() || Packets.received(channel) > before || millisLeft <= 0) {
      then.run();
    } else {
      channel.eventLoop().schedule(() -> poll(then, millisLeft - POLL_MILLIS), POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
