package org.docs4j.cli.command;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself, which does nothing without one of its sub-commands. */
@Command(
    name = "docs",
    description = "Documents that several writers share and sync peer to peer.",
    mixinStandardHelpOptions = true,
    versionProvider = DocsCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "DOC is the id of a document, its first digits (at least four), or . for the only one there is.",
      "Exit codes: 0 done, 1 failed, 2 bad input, 3 time ran out."
    })
final class DocsCommand implements Runnable {
  @Mixin private final GlobalOptions options = new GlobalOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  GlobalOptions options() {
    return options;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }

  /** The version that the build wrote into the module's descriptor. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version =
          Optional.ofNullable(DocsCommand.class.getModule().getDescriptor())
              .flatMap(ModuleDescriptor::rawVersion)
              .orElse("(unpackaged)");
      return new String[] {"docs4j " + version, "on Java " + Runtime.version()};
    }
  }
}
