package org.docs4j.cli.command;

import java.io.InputStream;
import org.docs4j.api.Doc;
import org.docs4j.api.Docs;
import org.docs4j.api.spi.Ticker;
import org.docs4j.cli.node.BadInputException;
import org.docs4j.cli.node.Selection;
import org.docs4j.cli.output.Output;

/** Works on the one document that is live in this process. */
final class LiveWorkspace implements Workspace {
  private final Docs docs;
  private final Doc doc;
  private final Output output;
  private final Ticker ticker;

  LiveWorkspace(Docs docs, Doc doc, Output output, Ticker ticker) {
    this.docs = docs;
    this.doc = doc;
    this.output = output;
    this.ticker = ticker;
  }

  @Override
  public Output output() {
    return output;
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public Ticker ticker() {
    return ticker;
  }

  @Override
  public void withDoc(String name, Task task) {
    if (!name.equals(Selection.ONLY) && !Selection.isMeant(doc.id(), name)) {
      throw new BadInputException("another document is live here: " + doc.id());
    }
    task.run(docs, doc);
  }

  @Override
  public void listDocuments() {
    throw new BadInputException("one document is live here: ls . lists its entries");
  }

  @Override
  public InputStream standardInput() {
    throw new BadInputException("standard input brings the commands: write the content to a file and use --file");
  }
}
