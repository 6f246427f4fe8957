package org.docs4j.api.spi.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.StoreException;

/**
 * The reading of {@link StoreConfig#options}, one by one and strictly; what rule store104 asks for.
 *
 * <p>A provider reads every option that it knows, and ends with {@link #requireNoOthers}. Not safe for several threads.
 */
public final class StoreOptions {
  private final String store;
  private final Map<String, String> left;

  private StoreOptions(String store, Map<String, String> options) {
    this.store = store;
    left = new HashMap<>(options);
  }

  /**
   * Begins to read.
   *
   * @param store what messages call the store, such as {@code LMDB}
   */
  public static StoreOptions of(String store, Map<String, String> options) {
    return new StoreOptions(store, options);
  }

  /**
   * A whole number in decimal digits, without a unit.
   *
   * @param otherwise what it is when it is not given
   * @throws StoreException if it is no number from the least to the greatest one
   */
  public long number(String name, long otherwise, long least, long greatest) {
    Optional<String> given = take(name);
    if (given.isEmpty()) {
      return otherwise;
    }
    long number;
    try {
      number = Long.parseLong(given.get());
    } catch (NumberFormatException e) {
      throw refusal(name, "a number", given.get());
    }
    if (number < least || number > greatest) {
      throw refusal(name, "a number from " + least + " to " + greatest, given.get());
    }
    return number;
  }

  /**
   * {@code true} or {@code false}.
   *
   * @throws StoreException if it is neither
   */
  public boolean flag(String name, boolean otherwise) {
    return Boolean.parseBoolean(choice(name, Boolean.toString(otherwise), List.of("true", "false")));
  }

  /**
   * One of several words.
   *
   * @throws StoreException if it is none of them
   */
  public String choice(String name, String otherwise, List<String> words) {
    String given = take(name).orElse(otherwise);
    if (!words.contains(given)) {
      throw refusal(name, "one of " + String.join(", ", words), given);
    }
    return given;
  }

  /**
   * Refuses what nobody asked for.
   *
   * @throws StoreException if an option is left, naming it
   */
  public void requireNoOthers() {
    left.keySet().stream().sorted().findFirst().ifPresent(name -> {
      throw new StoreException("the " + store + " store has no option " + name);
    });
  }

  private Optional<String> take(String name) {
    return Optional.ofNullable(left.remove(name));
  }

  private StoreException refusal(String name, String kind, String given) {
    return new StoreException("the option " + name + " of the " + store + " store is " + kind + ", not " + given);
  }
}
