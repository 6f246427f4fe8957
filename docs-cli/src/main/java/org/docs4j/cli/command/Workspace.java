package org.docs4j.cli.command;

import java.io.InputStream;
import org.docs4j.api.Doc;
import org.docs4j.api.Docs;
import org.docs4j.api.spi.Ticker;
import org.docs4j.cli.output.Output;

/** What the commands on entries work on: a data folder that is opened for one command, or the document that is live. */
interface Workspace {
  /** Work on one document. */
  @FunctionalInterface
  interface Task {
    /** Does it; both are closed by the caller where need be. */
    void run(Docs docs, Doc doc);
  }

  /** Where results go. */
  Output output();

  /** Whether commands come one a line while the document is live. */
  boolean isLive();

  /** Measures how long things take. */
  Ticker ticker();

  /** Does something with the document that the text names. */
  void withDoc(String doc, Task task);

  /** Prints which documents there are. */
  void listDocuments();

  /**
   * Standard input, as content.
   *
   * @throws org.docs4j.cli.node.BadInputException if it is in use for commands
   */
  InputStream standardInput();
}
