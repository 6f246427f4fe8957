package org.docs4j.cli.node;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Consumer;
import org.docs4j.api.spi.Environment;

/**
 * The process that a command runs in, or what a test gives instead of it.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param terminal whether a person watches on a terminal
 * @param variables the environment variables
 * @param environment threads, clocks and random numbers
 * @param signals takes a task that is run when the user wants the process to end
 */
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean terminal,
    Map<String, String> variables,
    Environment environment,
    Consumer<Runnable> signals) {}
