package org.docs4j.cli.command;

import java.io.InputStream;
import org.docs4j.api.Doc;
import org.docs4j.api.Docs;
import org.docs4j.api.spi.Ticker;
import org.docs4j.cli.node.Selection;
import org.docs4j.cli.node.Surroundings;
import org.docs4j.cli.output.Messages;
import org.docs4j.cli.output.Output;

/** Opens the data folder for each command. */
final class FolderWorkspace implements Workspace {
  private final Surroundings surroundings;
  private final GlobalOptions options;

  FolderWorkspace(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
  }

  @Override
  public Output output() {
    return options.output(surroundings);
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public Ticker ticker() {
    return surroundings.environment().ticker();
  }

  @Override
  public void withDoc(String name, Task task) {
    try (Docs docs = open();
        Doc doc = docs.open(Selection.find(docs, name))) {
      task.run(docs, doc);
    }
  }

  @Override
  public void listDocuments() {
    try (Docs docs = open()) {
      docs.list().forEach(info -> output().print(Messages.document(info)));
    }
  }

  @Override
  public InputStream standardInput() {
    return surroundings.in();
  }

  private Docs open() {
    return options.opener(surroundings, output()).openQuietly();
  }
}
