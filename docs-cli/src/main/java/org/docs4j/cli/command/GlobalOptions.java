package org.docs4j.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.docs4j.cli.node.Bind;
import org.docs4j.cli.node.DataFolder;
import org.docs4j.cli.node.NodeOpener;
import org.docs4j.cli.node.Surroundings;
import org.docs4j.cli.output.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before or after its name. */
final class GlobalOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The folder of the node. Default: docs4j in the user's folder for application data.")
  private @Nullable Path data;

  @Option(
      names = "--store",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "The store of a new node: lmdb (default) or rocksdb. The folder remembers it.")
  private @Nullable String store;

  @Option(
      names = "--bind",
      paramLabel = "ADDR:PORT",
      scope = ScopeType.INHERIT,
      description = "Where to listen. Default: all addresses of this machine, at a port that the folder remembers.")
  private @Nullable String bind;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON object a line.")
  private boolean json;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces and the log.")
  private boolean debug;

  boolean json() {
    return json;
  }

  boolean debug() {
    return debug;
  }

  Output output(Surroundings surroundings) {
    return new Output(surroundings.out(), surroundings.err(), json, surroundings.terminal());
  }

  NodeOpener opener(Surroundings surroundings, Output output) {
    return new NodeOpener(
        DataFolder.of(Optional.ofNullable(data), surroundings.variables()),
        Optional.ofNullable(store),
        Optional.ofNullable(bind).map(Bind::parse),
        output);
  }
}
