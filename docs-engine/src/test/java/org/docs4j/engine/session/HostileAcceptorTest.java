package org.docs4j.engine.session;

import static org.docs4j.engine.session.HostilePeer.frame;
import static org.docs4j.engine.session.HostilePeer.init;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.AbortReason;
import org.docs4j.api.DocsException;
import org.docs4j.api.DocsTimeoutException;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.SyncAbortedException;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.wire.MessageDecoder;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.tck.LogWatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a peer can do that this node dials, by both protocols: the bytes of {@link ProtocolViolationsTest} in the answer. Each
 * session fails for a reason that has a type and is logged, and the next one with that peer ends well.
 */
class HostileAcceptorTest extends HostileSessions {
  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final Part ALL = differing(Range.all(Range.ZERO));

  private final Endpoint raw = network.endpoint(EndpointSecret.random(environment.random()), environment);
  private CompletableFuture<SessionResult> result = CompletableFuture.failedFuture(new AssertionError("not begun"));
  private boolean shared;
  private @Nullable ComingStreams coming;

  private void listen(boolean sharing) {
    shared = sharing;
    coming = new ComingStreams(sim, raw, shared ? SessionContext.SHARED : SessionContext.ALPN);
  }

  /** The stream of a session that the node begins. */
  private BidiStream dialled() {
    result = node.sessions.dial(node.endpoint, raw.addr(), Entries.NAMESPACE.id());
    return coming().next();
  }

  private ComingStreams coming() {
    return Objects.requireNonNull(coming, "listen first");
  }

  private void write(BidiStream stream, byte[] bytes) {
    CompletableFuture<Void> written = stream.send().write(ByteBuffer.wrap(bytes)).toCompletableFuture();
    sim.runUntil(() -> written.isDone() || result.isDone(), LIMIT);
  }

  /** Waits for something that the node says. */
  private void read(BidiStream stream) {
    CompletableFuture<Optional<ByteBuffer>> read = stream.receive().read(1 << 20).toCompletableFuture();
    sim.runUntil(read::isDone, LIMIT);
  }

  private SessionResult session(boolean finish, byte[]... pieces) {
    BidiStream stream = dialled();
    for (byte[] piece : pieces) {
      write(stream, piece);
    }
    if (finish) {
      stream.send().finish();
    }
    return node.await(result);
  }

  /** How the session ended, which the log says as well; the next one ends well, on the same connection if that is shared. */
  private DocsException failure(LogWatch since, String reason) {
    DocsException failure = node.await(result).failure().orElseThrow();
    assertTrue(since.said("the session about", "with " + raw.id().shortText(), "failed", reason), since::toString);
    int before = coming().connections;
    assertEquals(Optional.empty(), session(true, sync()).failure());
    assertEquals(shared ? before : before + 1, coming().connections);
    assertEquals(1, node.await(node.sync.state(Entries.NAMESPACE.id())).handles());
    return failure;
  }

  private <T extends DocsException> T failure(Class<T> type, String reason, boolean finish, byte[]... pieces) {
    node.await(others);
    sim.run(Duration.ofSeconds(1));
    try (LogWatch since = new LogWatch("org.docs4j.engine")) {
      session(finish, pieces);
      return assertInstanceOf(type, failure(since, reason));
    }
  }

  private void assertMalformed(String reason, boolean finish, byte[]... pieces) {
    failure(MalformedMessageException.class, reason, finish, pieces);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void when_theAnswerIsInitOrGarbage_then_itIsMalformed(boolean sharing) {
    listen(sharing);
    assertMalformed("not due", false, init(ALL));
    assertMalformed("not due", false, sync(ALL), init(ALL));
    assertMalformed("sync message", false, new byte[] {0, 0, 0, 3, 9, 9, 9});
    assertMalformed("bytes after the end", true, sync(), sync());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void when_identifiersAreShort_then_theyAreMalformed(boolean sharing) {
    listen(sharing);
    for (int size : new int[] {0, 31, 32, 63}) {
      assertMalformed("record identifier of " + size + " bytes", false, syncWithIdentifiers(size, 70));
      assertMalformed("record identifier of " + size + " bytes", false, syncWithIdentifiers(64, size));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void when_theFrameCannotHoldWhatItAnnounces_then_itIsMalformedBeforeAnythingElseComes(boolean sharing) {
    listen(sharing);
    byte[] all = new PostcardWriter().byteString(new byte[64]).byteString(new byte[64]).toByteArray();
    for (int count : new int[] {MessageDecoder.MAX_PARTS, Integer.MAX_VALUE}) {
      PostcardWriter parts = new PostcardWriter().variant(1).count(count);
      assertMalformed(count + " parts", false, begun(parts, 1 << 20));
      PostcardWriter values = new PostcardWriter().variant(1).count(1).variant(1).fixed(all).count(count);
      assertMalformed(count + " entries announced", false, begun(values, 1 << 20));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void when_aFrameHasMoreThanAGibibyte_then_itIsMalformed(boolean sharing) {
    listen(sharing);
    byte[] length = ByteBuffer.allocate(4).putInt((1 << 30) + 1).array();
    assertMalformed("a frame of 1073741825 bytes", false, length);
    assertMalformed("a frame of 1073741825 bytes", false, sync(ALL), length);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void when_theStreamEndsWithinAFrame_then_itIsMalformed(boolean sharing) {
    listen(sharing);
    assertMalformed("the stream ends within a frame's length", true, new byte[] {0, 0});
    assertMalformed("the stream ends within a frame", true, new byte[] {0, 0, 1, 0, 1});
    assertMalformed("the stream ends within a frame", true, sync(ALL), new byte[] {0, 0, 1, 0, 1});
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void when_thePeerFallsSilent_then_itIsGivenUpInTime(boolean sharing) {
    listen(sharing);
    failure(DocsTimeoutException.class, "no progress", false);
    failure(DocsTimeoutException.class, "no progress", false, new byte[] {0, 0});
    failure(DocsTimeoutException.class, "no progress", false, new byte[] {0, 0, 1, 0, 1});
    failure(DocsTimeoutException.class, "no progress", false, sync(ALL));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void when_thePeerAborts_then_itsReasonIsTold(boolean sharing) {
    listen(sharing);
    for (AbortReason reason : AbortReason.values()) {
      byte[] abort = frame(new SyncMessage.Abort(reason));
      assertEquals(reason, failure(SyncAbortedException.class, "", true, abort).reason());
      assertEquals(reason, failure(SyncAbortedException.class, "", true, sync(ALL), abort).reason());
      assertEquals(reason, failure(SyncAbortedException.class, "", false, abort).reason());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void when_messagesThatBringNothingNeverEnd_then_theSessionEndsSoon(boolean sharing) {
    listen(sharing);
    try (LogWatch since = new LogWatch("org.docs4j.engine")) {
      BidiStream stream = dialled();
      int sent = 0;
      while (!result.isDone()) {
        read(stream);
        write(stream, sync(ALL));
        sent++;
      }
      assertTrue(sent >= SessionProgress.MAX_IDLE_MESSAGES, "messages: " + sent);
      assertTrue(sent <= 2 * SessionProgress.MAX_IDLE_MESSAGES + 2, "messages: " + sent);
      assertInstanceOf(DocsTimeoutException.class, failure(since, "no progress in"));
    }
  }
}
