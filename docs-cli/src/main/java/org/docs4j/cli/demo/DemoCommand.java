package org.docs4j.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.docs4j.cli.live.EndSwitch;
import org.docs4j.cli.node.BadInputException;
import org.docs4j.cli.node.CommandFailedException;
import org.docs4j.cli.node.Surroundings;
import org.docs4j.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows that it works: two nodes, a folder, edits, deletions, a kill. */
@Command(
    name = "demo",
    description = "Mirror a folder between two node processes, through edits, deletions and a kill, and compare.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Runnable {
  private static final int FEWEST = 200;

  private final Surroundings surroundings;
  private final Supplier<Output> output;

  @Option(names = "--files", paramLabel = "N", description = "How many files. Default: ${DEFAULT-VALUE}.")
  private int count = 500;

  @Option(names = "--mib", paramLabel = "N", description = "How many MiB they have in all. Default: ${DEFAULT-VALUE}.")
  private int mib = 64;

  @Option(names = "--seed", paramLabel = "N", description = "What their content is made from. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--keep", description = "Keep the temporary folder, and say where it is.")
  private boolean keep;

  /** The command, which does nothing yet. */
  public DemoCommand(Surroundings surroundings, Supplier<Output> output) {
    this.surroundings = surroundings;
    this.output = output;
  }

  @Override
  public void run() {
    if (count < FEWEST || mib < 1 || mib > 1024) {
      throw new BadInputException("the demonstration needs at least " + FEWEST + " files and 1 to 1024 MiB");
    }
    EndSwitch end = new EndSwitch();
    surroundings.signals().accept(end::turnOn);
    try {
      Path temporary = Files.createTempDirectory("docs4j-demo-").toRealPath();
      try {
        DemoFiles files = new DemoFiles(new SplittableRandom(seed));
        new Demo(temporary, surroundings.environment(), output.get(), end, files).run(count, (long) mib << 20);
      } finally {
        if (keep) {
          output.get().note("kept: " + temporary);
        } else {
          DemoTree.remove(temporary);
        }
      }
    } catch (IOException e) {
      throw new CommandFailedException("the demonstration failed: " + e.getMessage(), e);
    }
  }
}
