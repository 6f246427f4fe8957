package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.Query;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreLockedException;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.tck.KeyValueStoreVerification;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills a writing process at random points, again and again on one store. Afterwards everything that it acknowledged
 * must be there, nothing by halves, and all tables must agree. The system property {@code docs4j.kills} says how often;
 * {@link KeyValueStoreVerification#SEED_PROPERTY} does the same work again, up to the timing of the machine.
 */
class CrashTest {
  private static final String KILLS_PROPERTY = "docs4j.kills";
  private static final int DEFAULT_KILLS = 8;
  private static final int KILLS_OF_A_FLAWED_STORE = 50;
  private static final int MOST_COMMITS = 20;
  private static final int OPENING_MICROS = 500_000;
  private static final int COMMIT_MICROS = 20_000;
  private static final int PAGE = 500;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"lmdb", "rocksdb"})
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void when_aWriterIsKilled_then_allAcknowledgedIsThereAndNothingByHalves(String store) throws Exception {
    long seed = Optional.ofNullable(Long.getLong(KeyValueStoreVerification.SEED_PROPERTY)).orElseGet(System::nanoTime);
    killAgainAndAgain(store, CrashFlaw.NONE, seed, Integer.getInteger(KILLS_PROPERTY, DEFAULT_KILLS));
  }

  /** So the test above would see a store that lies: it fails with one that does. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void when_aWriterOfAFlawedStoreIsKilled_then_itIsSeen(CrashFlaw flaw) {
    Throwable seen = assertThrows(
        Throwable.class, () -> killAgainAndAgain("lmdb", flaw, System.nanoTime(), KILLS_OF_A_FLAWED_STORE));
    assertTrue(seen instanceof AssertionError || seen instanceof StoreCorruptedException, seen.toString());
    assertFalse(String.valueOf(seen.getMessage()).contains("ended by itself"), seen.toString());
    System.out.println(flaw + " was seen: " + seen.getMessage());
  }

  private void killAgainAndAgain(String store, CrashFlaw flaw, long seed, int kills) throws Exception {
    String what = store + " " + KeyValueStoreVerification.SEED_PROPERTY + "=" + seed;
    System.out.println(what + " kills " + kills);
    Random random = new Random(seed);
    CrashPlan plan = new CrashPlan(seed);
    CrashPlan.Model model = new CrashPlan.Model();
    Path place = Files.createDirectory(folder.resolve("store"));
    long unacknowledged = 0;
    ChildJvm next = writer(store, place, seed, true, flaw);
    for (int kill = 1; kill <= kills; kill++) {
      long acknowledged;
      try (ChildJvm child = next) {
        acknowledged = Math.max(model.count(), killAtRandom(child, random));
      }
      // The next JVM starts while this one looks at what the last one left; it touches nothing before it may.
      next = writer(store, place, seed, true, flaw);
      unacknowledged += check(store, place, plan, model, acknowledged, random, what + " after kill " + kill);
    }
    next.close();
    System.out.println(what + ": " + kills + " kills, " + model.count() + " transactions, of which " + unacknowledged
        + " were committed and not yet acknowledged; " + model.first.entries.size() + " entries at the end");
    assertTrue(model.count() > 0, "some transactions came through");
  }

  private ChildJvm writer(String store, Path place, long seed, boolean reopens, CrashFlaw flaw) throws IOException {
    Path temporary = Files.createTempDirectory(folder, "child");
    return ChildJvm.start(
        List.of(), temporary, CrashWriter.class, store, place.toString(), Long.toString(seed),
        Boolean.toString(reopens), flaw.name());
  }

  /** Returns how many transactions the store had by the last acknowledgement, zero if there was none. */
  private static long killAtRandom(ChildJvm child, Random random) throws IOException, InterruptedException {
    boolean opening = random.nextInt(6) == 0;
    int commits = opening ? 0 : 1 + random.nextInt(MOST_COMMITS);
    int micros = random.nextInt(opening ? OPENING_MICROS : COMMIT_MICROS);
    child.go();
    long acknowledged = 0;
    int seen = 0;
    assertEquals(CrashWriter.OPENING, said(child));
    while (seen < commits) {
      String line = said(child);
      if (line.startsWith(CrashWriter.COMMITTED)) {
        acknowledged = number(line);
        seen++;
      }
    }
    assertFalse(child.endsWithin(micros, TimeUnit.MICROSECONDS), "the writer ended by itself");
    child.kill();
    for (Optional<String> line = child.line(); line.isPresent(); line = child.line()) {
      acknowledged = line.get().startsWith(CrashWriter.COMMITTED) ? number(line.get()) : acknowledged;
    }
    return acknowledged;
  }

  private static String said(ChildJvm child) throws IOException {
    Optional<String> line = child.line();
    assertTrue(line.isPresent(), "the writer ended by itself: " + child.complaints());
    return line.get();
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(CrashWriter.COMMITTED.length()));
  }

  private static long check(
      String store, Path place, CrashPlan plan, CrashPlan.Model model, long acknowledged, Random random, String where) {
    try (ReplicaStore replicas = CrashWriter.open(store, place, CrashFlaw.NONE); ReplicaReader reader = replicas.read()) {
      long count = CrashPlan.count(reader);
      assertTrue(count == acknowledged || count == acknowledged + 1,
          where + ": " + acknowledged + " transactions were acknowledged, " + count + " are there");
      model.advance(plan, count);
      check(reader, CrashPlan.FIRST, model.first, random, where + ", " + count + " transactions");
      check(reader, CrashPlan.SECOND, model.second, random, where + ", " + count + " transactions");
      return count - acknowledged;
    }
  }

  private static void check(
      ReplicaReader reader, NamespaceId name, NaiveReplica model, Random random, String where) {
    for (Query.Sort sort : Query.Sort.values()) {
      Query all = Query.all().withSort(sort, false).withEmpty();
      assertEquals(model.query(all), ReplicaPropertyTest.pages(reader, name, all, PAGE), where + " " + sort);
    }
    ReplicaPropertyTest.check(reader, name, model, random, where);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lmdb", "rocksdb"})
  @Timeout(60)
  void open_aStoreOfAnotherProcess_isRefusedUntilThatIsKilled(String store) throws Exception {
    Path place = Files.createDirectory(folder.resolve("store"));
    try (ChildJvm child = writer(store, place, 1, false, CrashFlaw.NONE)) {
      child.go();
      assertEquals(CrashWriter.OPENING, said(child));
      assertEquals(CrashWriter.COMMITTED + 1, said(child));
      StoreLockedException refusal =
          assertThrows(StoreLockedException.class, () -> CrashWriter.open(store, place, CrashFlaw.NONE).close());
      assertTrue(refusal.getMessage().contains("another process"), refusal.getMessage());
      String after = said(child);
      assertTrue(after.startsWith(CrashWriter.COMMITTED), "the other one goes on: " + after);
      child.kill();
    }
    try (ReplicaStore replicas = CrashWriter.open(store, place, CrashFlaw.NONE); ReplicaReader reader = replicas.read()) {
      assertTrue(CrashPlan.count(reader) >= 2, Arrays.toString(place.toFile().list()));
    }
  }
}
