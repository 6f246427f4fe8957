package org.docs4j.api.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.docs4j.api.ProviderException;
import org.docs4j.api.spi.blobs.BlobsProvider;
import org.docs4j.api.spi.gossip.GossipProvider;
import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.api.spi.transport.TransportProvider;

/** Finds providers on the module path and on the class path, and chooses one; never silently another than was meant. */
public final class Providers {
  private Providers() {}

  /** The store for a node: the named one, else {@code lmdb} with a folder or {@code memory} without, else the only one. */
  public static StoreProvider store(Optional<String> name, boolean folder) {
    return select(StoreProvider.class, "store", name, Optional.of(folder ? "lmdb" : "memory"), fits(folder));
  }

  /** The blob store for a node: the named one, else {@code file} or {@code memory}, else the only one. */
  public static BlobsProvider blobs(Optional<String> name, boolean folder) {
    return select(BlobsProvider.class, "blob store", name, Optional.of(folder ? "file" : "memory"), fits(folder));
  }

  /** The transport for a node: the named one, else the only one. */
  public static TransportProvider transport(Optional<String> name) {
    return select(TransportProvider.class, "transport", name, Optional.empty(), provider -> true);
  }

  /** The gossip for a node: the named one, else the only one. */
  public static GossipProvider gossip(Optional<String> name) {
    return select(GossipProvider.class, "gossip", name, Optional.empty(), provider -> true);
  }

  private static <P extends Provider> Predicate<P> fits(boolean folder) {
    return provider -> provider.persistent() == folder;
  }

  /**
   * Chooses a provider: the named one; else, of those that fit, the preferred one, else the only one.
   *
   * @param type the service
   * @param what what people call it
   * @param named the name that the user gave
   * @param preferred the name that is taken when the user gave none
   * @param fits which of them can be meant at all
   * @throws ProviderException if none or several remain, or the named one is missing or does not fit; the message lists
   *     the names
   */
  public static <P extends Provider> P select(
      Class<P> type, String what, Optional<String> named, Optional<String> preferred, Predicate<P> fits) {
    return select(ServiceLoader.load(type), what, named, preferred, fits);
  }

  static <P extends Provider> P select(
      Iterable<P> installed, String what, Optional<String> named, Optional<String> preferred, Predicate<P> fits) {
    Map<String, P> found = byName(installed, what);
    List<P> fitting = new ArrayList<>(found.values());
    fitting.removeIf(fits.negate());
    if (named.isPresent()) {
      return fitting.stream()
          .filter(provider -> provider.name().equals(named.get()))
          .findFirst()
          .orElseThrow(() -> missing(what, named.get(), found, fitting));
    }
    Optional<P> first =
        fitting.stream().filter(provider -> preferred.filter(provider.name()::equals).isPresent()).findFirst();
    if (first.isPresent()) {
      return first.get();
    }
    return switch (fitting.size()) {
      case 1 -> fitting.get(0);
      case 0 -> throw new ProviderException(
          "no " + what + " that fits is installed; there are: " + names(found.values()));
      default -> throw new ProviderException(
          "several kinds of " + what + " are installed, name one of: " + names(fitting));
    };
  }

  private static <P extends Provider> Map<String, P> byName(Iterable<P> installed, String what) {
    TreeMap<String, P> found = new TreeMap<>();
    try {
      for (P provider : installed) {
        P twin = found.putIfAbsent(provider.name(), provider);
        if (twin != null && twin.getClass() != provider.getClass()) {
          throw new ProviderException(
              "two kinds of " + what + " have the name " + provider.name() + ": " + twin.getClass().getName() + " and "
                  + provider.getClass().getName());
        }
      }
    } catch (ServiceConfigurationError e) {
      throw new ProviderException("a " + what + " is installed wrongly: " + e.getMessage(), e);
    }
    return found;
  }

  private static <P extends Provider> ProviderException missing(
      String what, String name, Map<String, P> found, List<P> fitting) {
    if (found.containsKey(name)) {
      return new ProviderException(
          what + " " + name + (found.get(name).persistent() ? " needs a folder" : " keeps nothing in a folder")
              + "; these fit: " + names(fitting));
    }
    return new ProviderException("there is no " + what + " named " + name + "; there are: " + names(found.values()));
  }

  private static String names(Iterable<? extends Provider> providers) {
    List<String> names = new ArrayList<>();
    providers.forEach(provider -> names.add(provider.name()));
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
