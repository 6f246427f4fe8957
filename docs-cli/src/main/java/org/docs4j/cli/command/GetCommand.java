package org.docs4j.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.docs4j.api.Docs;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Key;
import org.docs4j.cli.node.BadInputException;
import org.docs4j.cli.node.CommandFailedException;
import org.docs4j.cli.output.Messages;
import org.docs4j.cli.output.Output;
import org.docs4j.cli.output.Plain;
import org.docs4j.cli.output.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads the newest content at a key. */
@Command(name = "get", description = "Print the newest content at a key.", mixinStandardHelpOptions = true)
final class GetCommand implements Runnable {
  private static final int MAX_JSON_BYTES = 16 << 20;

  private final Workspace workspace;

  @Parameters(index = "0", paramLabel = "DOC", description = "The document.")
  private String doc = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "The key, a text.")
  private String key = "";

  @Option(names = "--output", paramLabel = "FILE", description = "Write the content to a file.")
  private @Nullable Path target;

  @Mixin private final KeyForm form = new KeyForm();

  GetCommand(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public void run() {
    Key parsed = form.parse(key);
    Path file = target;
    if (file != null && Files.isDirectory(file)) {
      throw new BadInputException(file + " is a folder");
    }
    workspace.withDoc(
        doc,
        (docs, opened) -> {
          Entry entry =
              opened
                  .get(parsed)
                  .orElseThrow(() -> new CommandFailedException("there is nothing at " + Plain.key(parsed)));
          if (file != null) {
            export(docs, entry, file);
          } else {
            show(docs, entry);
          }
        });
  }

  private void export(Docs docs, Entry entry, Path file) {
    try (Progress progress = new Progress("writing", Progress.Unit.BYTES, workspace.output(), workspace.ticker())) {
      docs.blobs().export(entry.record().hash(), file, progress);
    }
    workspace.output().print(Messages.exported(entry, file.toString()));
  }

  private void show(Docs docs, Entry entry) {
    Output output = workspace.output();
    if (output.isJson()) {
      if (Long.compareUnsigned(entry.record().length(), MAX_JSON_BYTES) > 0) {
        throw new BadInputException("the content is too long for JSON: write it to a file with --output FILE");
      }
      output.print(Messages.content(entry, docs.blobs().read(entry.record().hash(), MAX_JSON_BYTES)));
      return;
    }
    synchronized (output) {
      try (InputStream content = Channels.newInputStream(docs.blobs().open(entry.record().hash()))) {
        content.transferTo(output.raw());
      } catch (IOException e) {
        throw new CommandFailedException("the content cannot be read: " + e.getMessage(), e);
      }
      output.endContent(workspace.isLive());
    }
  }
}
