package org.docs4j.cli.command;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.docs4j.api.Doc;
import org.docs4j.api.Docs;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.ReadOnlyReplicaException;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Key;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.ImportMode;
import org.docs4j.cli.node.BadInputException;
import org.docs4j.cli.output.Messages;
import org.docs4j.cli.output.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes an entry. */
@Command(
    name = "set",
    description = "Write content at a key.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Writing a key removes your own entries at longer keys that begin with it; what was removed is printed."
    })
final class SetCommand implements Runnable {
  private final Workspace workspace;

  @Parameters(index = "0", paramLabel = "DOC", description = "The document.")
  private String doc = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "The key, a text.")
  private String key = "";

  @Parameters(index = "2", arity = "0..1", paramLabel = "VALUE", description = "The content; - reads standard input.")
  private @Nullable String value;

  @Option(names = "--file", paramLabel = "FILE", description = "Take the content of a file.")
  private @Nullable Path file;

  @Mixin private final KeyForm form = new KeyForm();

  SetCommand(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public void run() {
    Key parsed = form.parse(key);
    check();
    workspace.withDoc(
        doc,
        (docs, opened) -> {
          if (opened.access() == Capability.Kind.READ) {
            throw new ReadOnlyReplicaException("this document can only be read here: ask for a write ticket and join it");
          }
          workspace.output().print(Messages.set(write(docs, opened, parsed)));
        });
  }

  private void check() {
    Path source = file;
    if ((value == null) == (source == null)) {
      throw new BadInputException("after DOC and KEY give either a VALUE or --file FILE; DOC is . for the only document");
    }
    if (value != null && value.isEmpty()) {
      throw empty();
    }
    if (source != null && !Files.isRegularFile(source)) {
      throw new BadInputException(Files.exists(source) ? source + " is no file" : "there is no file " + source);
    }
    if (source != null && source.toFile().length() == 0) {
      throw empty();
    }
  }

  private LocalInsert write(Docs docs, Doc opened, Key at) {
    String text = value == null ? "" : value;
    if (value != null && !text.equals("-")) {
      return opened.set(at, text.getBytes(StandardCharsets.UTF_8));
    }
    BlobInfo blob;
    try (Progress progress = new Progress("reading", Progress.Unit.BYTES, workspace.output(), workspace.ticker())) {
      if (file != null) {
        blob = docs.blobs().add(file, ImportMode.COPY, progress);
      } else {
        InputStream in = workspace.standardInput();
        blob = docs.blobs().add(in, progress);
      }
    }
    if (blob.size() == 0) {
      throw empty();
    }
    return opened.setHash(opened.defaultAuthor(), at, blob.hash(), blob.size());
  }

  private static BadInputException empty() {
    return new BadInputException("an entry cannot be empty: to delete what is at a key, use rm");
  }
}
