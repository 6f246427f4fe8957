package org.docs4j.bench.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the JMH benchmarks with the back ends that load on this machine; takes the arguments of JMH. */
public final class Benchmarks {
  private Benchmarks() {}

  /** Runs them. */
  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    CommandLineOptions chosen = new CommandLineOptions(args);
    ChainedOptionsBuilder options = new OptionsBuilder().parent(chosen);
    if (!chosen.getParameter("backend").hasValue()) {
      options.param("backend", Ed25519Benchmark.loadable().keySet().toArray(String[]::new));
    }
    if (chosen.shouldList()) {
      new Runner(options.build()).list();
    } else if (chosen.shouldHelp()) {
      helped(chosen);
    } else {
      new Runner(options.build()).run();
    }
  }

  private static void helped(CommandLineOptions chosen) {
    try {
      chosen.showHelp();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
