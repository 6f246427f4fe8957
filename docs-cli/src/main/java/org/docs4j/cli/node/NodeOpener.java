package org.docs4j.cli.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.docs4j.api.AddressInUseException;
import org.docs4j.api.Docs;
import org.docs4j.api.DocsBuilder;
import org.docs4j.api.ProviderException;
import org.docs4j.api.StoreLockedException;
import org.docs4j.cli.output.Output;

/**
 * Opens the node of a data folder for one command; the caller closes what it gets.
 *
 * @param folder where the node is
 * @param store the store that the user named
 * @param bind where the user wants it to listen
 * @param output where warnings go
 */
public record NodeOpener(DataFolder folder, Optional<String> store, Optional<Bind> bind, Output output) {
  /**
   * Opens an existing node to read and write, reachable from nowhere but this machine.
   *
   * @throws BadInputException if there is no node, or another process has it
   */
  public Docs openQuietly() {
    folder.requireExisting();
    return open(Bind.loopback().with(OptionalInt.empty()));
  }

  /** As {@link #openQuietly}, but makes the node if there is none yet. */
  public Docs createQuietly() {
    folder.requireCreatable();
    return open(Bind.loopback().with(OptionalInt.empty()));
  }

  /**
   * Opens a node for others to reach, at the port that the folder remembers, and makes it if {@code create} says so.
   *
   * @throws BadInputException if there is no node or no place for one, or another process has it
   * @throws AddressInUseException if the port that the user asked for is taken
   */
  public Docs openReachable(boolean create) {
    if (create) {
      folder.requireCreatable();
    } else {
      folder.requireExisting();
    }
    Settings settings = Settings.load(folder.own());
    Bind wanted = bind.orElseGet(Bind::standard);
    InetSocketAddress address = wanted.with(settings.port());
    try {
      Docs docs = open(address);
      remember(docs, settings);
      return docs;
    } catch (AddressInUseException e) {
      if (wanted.port() != 0) {
        throw e;
      }
      Docs docs = open(new InetSocketAddress(wanted.address(), 0));
      output.warn(
          "port " + address.getPort() + " is taken: this run listens at port " + port(docs)
              + ", and tickets made before do not lead here until the port is free again");
      return docs;
    }
  }

  private Docs open(InetSocketAddress address) {
    boolean existed = Files.exists(folder.path());
    try {
      return openAt(address);
    } catch (ProviderException | AddressInUseException e) {
      if (!existed) {
        removeWhatWasBegun();
      }
      throw e;
    }
  }

  /** A node that never opened leaves nothing behind: nobody has seen its keys, and it holds nothing. */
  private void removeWhatWasBegun() {
    if (!Files.exists(folder.path())) {
      return;
    }
    try (Stream<Path> begun = Files.walk(folder.path())) {
      for (Path path : begun.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      output.warn(folder.path() + " is left behind: " + e.getMessage());
    }
  }

  private Docs openAt(InetSocketAddress address) {
    DocsBuilder builder = Docs.persistent(folder.path()).bind(address);
    store.ifPresent(builder::store);
    try {
      return builder.open();
    } catch (StoreLockedException e) {
      throw new BadInputException(
          "another process works with " + folder.path()
              + ": type the command into it, if it is docs share, join, watch or mirror, or end it first",
          e);
    }
  }

  private static void remember(Docs docs, Settings settings) {
    int port = port(docs);
    if (settings.port().isEmpty() && port != 0) {
      settings.rememberPort(port);
    }
  }

  private static int port(Docs docs) {
    return docs.addr().ipAddresses().stream().mapToInt(InetSocketAddress::getPort).findFirst().orElse(0);
  }
}
