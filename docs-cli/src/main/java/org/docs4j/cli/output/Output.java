package org.docs4j.cli.output;

import java.io.PrintStream;

/**
 * Where a command speaks: results on standard output, as sentences or as one JSON object a line, and notes for people on
 * standard error. Safe to use from any thread; lines are never mixed.
 */
public final class Output {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private final boolean terminal;

  /**
   * An output onto two streams.
   *
   * @param json whether results are JSON
   * @param terminal whether a person watches standard error on a terminal
   */
  public Output(PrintStream out, PrintStream err, boolean json, boolean terminal) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.terminal = terminal;
  }

  /** Whether results are JSON. */
  public boolean isJson() {
    return json;
  }

  /** Whether bars may be drawn on standard error. */
  public boolean drawsBars() {
    return terminal && !json;
  }

  /** Standard output itself, for content that is no message; whoever uses it holds the monitor of this object. */
  public PrintStream raw() {
    return out;
  }

  /**
   * Ends raw content.
   *
   * @param line whether a new line must follow in any case; on a terminal it does always, so that what comes next stands
   *     alone
   */
  public synchronized void endContent(boolean line) {
    if (line || terminal) {
      out.println();
    }
    out.flush();
  }

  /** Prints a result. */
  public synchronized void print(Message message) {
    out.println(json ? message.json().toString() : message.text());
    out.flush();
  }

  /** Prints a result that people do not want among the others: JSON on standard output, sentences on standard error. */
  public synchronized void remark(Message message) {
    if (json) {
      print(message);
    } else {
      err.println(message.text());
      err.flush();
    }
  }

  /** Prints a remark for people, in both modes. */
  public synchronized void note(String sentence) {
    err.println(Plain.line(sentence));
    err.flush();
  }

  /** Prints a warning for people, in both modes. */
  public void warn(String sentence) {
    note("warning: " + sentence);
  }
}
