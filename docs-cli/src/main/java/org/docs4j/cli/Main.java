package org.docs4j.cli;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code docs} command. */
@Command(
        name = "docs",
        description = "Documents that several writers share and sync peer to peer.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main implements Runnable {

    /** Prints what the command offers: nothing was asked of it. */
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param args what the user typed
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    /** The version that the build wrote into the module's descriptor. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(Main.class.getModule().getDescriptor())
                    .flatMap(ModuleDescriptor::rawVersion)
                    .orElse("(unpackaged)");
            return new String[] {"docs4j " + version};
        }
    }
}
