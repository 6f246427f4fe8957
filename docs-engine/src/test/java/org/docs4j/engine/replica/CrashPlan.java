package org.docs4j.engine.replica;

import java.util.Random;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.store.Durability;

/**
 * A sequence of transactions that follows from a seed: what the writer that is killed does, and what the model of it
 * does. Each one also counts itself in a document of its own.
 */
final class CrashPlan {
  static final NamespaceId FIRST = Entries.namespace(1);
  static final NamespaceId SECOND = Entries.namespace(2);
  private static final RecordIdentifier COUNTER =
      Entries.id(Entries.namespace(3), Entries.author(2), Key.of(new byte[] {'n'}));

  private static final int MOST_PUTS = 40;
  private static final int TIMES = 40;
  private static final byte[] ALPHABET = {0, 'a', 'b', 'c', 'd', 'e', (byte) 0xFE, (byte) 0xFF};

  private final long seed;

  /** Where a transaction goes. */
  interface Sink {
    void put(SignedEntry entry);

    void drop(NamespaceId namespace);
  }

  CrashPlan(long seed) {
    this.seed = seed;
  }

  /** How many transactions a store has taken. */
  static long count(ReplicaReader reader) {
    return reader.get(COUNTER).map(entry -> entry.record().timestamp().micros()).orElse(0L);
  }

  /** Does everything of a transaction but its commit; returns how it is to be committed. */
  Durability transaction(long number, Sink sink) {
    Random random = new Random(seed ^ (number * 0x9E3779B97F4A7C15L));
    if (random.nextInt(60) == 0) {
      sink.drop(SECOND);
    }
    int puts = 1 + random.nextInt(MOST_PUTS);
    for (int i = 0; i < puts; i++) {
      RecordIdentifier id =
          Entries.id(random.nextInt(4) == 0 ? SECOND : FIRST, Entries.author(random.nextInt(3)), key(random));
      int content = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(5);
      sink.put(Entries.entry(id, 1 + number * 4 + random.nextInt(TIMES), content));
    }
    sink.put(Entries.entry(COUNTER, number + 1, 1));
    return random.nextInt(3) == 0 ? Durability.LAZY : Durability.SYNC;
  }

  /** Seldom a short key, which deletes what it is a prefix of, seldom one that no row of a store can hold. */
  private static Key key(Random random) {
    int choice = random.nextInt(100);
    int length = choice == 0 ? random.nextInt(3) : 3 + random.nextInt(4);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ALPHABET[random.nextInt(ALPHABET.length)];
    }
    if (choice < 97) {
      return Key.of(bytes);
    }
    byte[] longer = new byte[400 + random.nextInt(1600)];
    System.arraycopy(bytes, 0, longer, random.nextInt(2) * (longer.length - length), length);
    return Key.of(longer);
  }

  /** The first documents of a store that took so many transactions, as naive models. */
  static final class Model implements Sink {
    final NaiveReplica first = new NaiveReplica();
    NaiveReplica second = new NaiveReplica();
    private long count;

    long count() {
      return count;
    }

    void advance(CrashPlan plan, long to) {
      for (; count < to; count++) {
        plan.transaction(count, this);
      }
    }

    @Override
    public void put(SignedEntry entry) {
      NamespaceId name = entry.id().namespace();
      if (!name.equals(COUNTER.namespace())) {
        NaiveReplica model = name.equals(FIRST) ? first : second;
        if (model.protectors(entry).isEmpty()) {
          model.insert(entry);
        }
      }
    }

    @Override
    public void drop(NamespaceId namespace) {
      second = new NaiveReplica();
    }
  }
}
