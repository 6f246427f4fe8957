package org.docs4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.Doc;
import org.docs4j.api.DocTicket;
import org.docs4j.api.Docs;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.cli.mirror.Mirror;
import org.docs4j.cli.node.BadInputException;
import org.docs4j.cli.node.NodeOpener;
import org.docs4j.cli.node.Settings;
import org.docs4j.cli.node.Surroundings;
import org.docs4j.cli.node.Tickets;
import org.docs4j.cli.output.Messages;
import org.docs4j.cli.output.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps a folder and a document equal until told to end. */
@Command(
    name = "mirror",
    description = "Keep a folder equal to a document, and so to the folders of everyone who mirrors it, until quit.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The data folder remembers the document of each mirrored folder: the same command continues it,",
      "and so does docs mirror DIR. Symbolic links, permissions and empty folders are not carried."
    })
final class MirrorCommand implements Runnable {
  private final Surroundings surroundings;
  private final GlobalOptions options;

  @Parameters(index = "0", paramLabel = "DIR", description = "The folder.")
  private Path folder = Path.of("");

  @ArgGroup private @Nullable Source source;

  @Option(names = "--read", description = "With --share: a ticket that allows to read only.")
  private boolean read;

  /** Where the document comes from. */
  static final class Source {
    @Option(names = "--share", required = true, description = "A document of this node; prints a ticket for it.")
    private boolean share;

    @Option(names = "--join", required = true, paramLabel = "TICKET", description = "The document of a ticket.")
    private @Nullable String ticket;

    boolean share() {
      return share;
    }

    Optional<String> ticket() {
      return Optional.ofNullable(ticket);
    }
  }

  MirrorCommand(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
  }

  @Override
  public void run() {
    Source chosen = source;
    boolean share = chosen != null && chosen.share();
    Optional<DocTicket> ticket = Optional.ofNullable(chosen).flatMap(Source::ticket).map(Tickets::parse);
    Output output = options.output(surroundings);
    NodeOpener opener = options.opener(surroundings, output);
    Path root = root(ticket.isPresent());
    checkApart(root, opener.folder().path());
    Foreground foreground = new Foreground(surroundings, output);
    foreground.printer().watchPeers();
    Optional<NamespaceId> known = Settings.load(opener.folder().own()).mirror(root);
    check(root, known, share, ticket);
    try (Docs docs = opener.openReachable(share || ticket.isPresent());
        Doc doc = open(docs, known, ticket);
        LiveEvents events = doc.subscribe()) {
      makeFolder(root);
      if (known.isEmpty()) {
        docs.flush();
        Settings.load(opener.folder().own()).rememberMirror(root, doc.id());
      }
      announce(docs, doc, share, ticket, output);
      foreground.takeLines(docs, doc);
      String name = "mirror-" + Hash.ofContent(Key.of(root.toString()).toByteArray()).shortText() + ".log";
      new Mirror(
              docs,
              doc,
              root,
              opener.folder().own().resolve(name),
              ticket.isPresent(),
              surroundings.environment(),
              output,
              foreground.printer()::print)
          .run(events, foreground.end());
    }
  }

  /** The folder by its real path; one that is joined into is made, if only its last name is missing. */
  private Path root(boolean joining) {
    Path wanted = folder.toAbsolutePath().normalize();
    Path parent = wanted.getParent();
    try {
      if (!Files.exists(wanted) && joining && parent != null && Files.isDirectory(parent)) {
        return parent.toRealPath().resolve(wanted.getFileName());
      }
      if (!Files.isDirectory(wanted)) {
        throw new BadInputException(
            Files.exists(wanted) ? wanted + " is no folder" : "there is no folder " + wanted);
      }
      return wanted.toRealPath();
    } catch (IOException e) {
      throw new BadInputException("the folder " + wanted + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void makeFolder(Path root) {
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new BadInputException("the folder " + root + " cannot be made: " + e.getMessage(), e);
    }
  }

  private static void checkApart(Path root, Path data) {
    Path real = data;
    try {
      Path parent = data.getParent();
      real = Files.exists(data) ? data.toRealPath() : parent == null ? data : parent.toRealPath().resolve(data.getFileName());
    } catch (IOException e) {
      // It does not exist yet; its plain path has to do.
      real = data;
    }
    if (real.startsWith(root) || root.startsWith(real)) {
      throw new BadInputException("the data folder " + data + " and the mirrored folder " + root + " must not contain each other");
    }
  }

  private static void check(Path root, Optional<NamespaceId> known, boolean share, Optional<DocTicket> ticket) {
    if (known.isEmpty() && !share && ticket.isEmpty()) {
      throw new BadInputException("the folder " + root + " is not mirrored yet: use --share or --join TICKET");
    }
    if (known.isPresent() && ticket.isPresent() && !ticket.get().capability().id().equals(known.get())) {
      throw new BadInputException(
          "the folder " + root + " mirrors the document " + known.get() + " already, and the ticket is for another one");
    }
    if (known.isPresent() && !Files.isDirectory(root)) {
      throw new BadInputException("the mirrored folder " + root + " is gone");
    }
  }

  private static Doc open(Docs docs, Optional<NamespaceId> known, Optional<DocTicket> ticket) {
    if (ticket.isPresent()) {
      return docs.importCapability(ticket.get().capability());
    }
    return known.map(docs::open).orElseGet(docs::create);
  }

  private void announce(Docs docs, Doc doc, boolean share, Optional<DocTicket> ticket, Output output) {
    List<EndpointAddr> peers = ticket.map(DocTicket::peers).orElse(List.of());
    if (share) {
      boolean write = !read && doc.access() == Capability.Kind.WRITE;
      Capability.Kind kind = write ? Capability.Kind.WRITE : Capability.Kind.READ;
      output.print(Messages.ticket(doc.id(), kind, doc.share(kind).encode()));
    } else {
      doc.startSync(peers);
    }
    output.remark(Messages.node(docs.addr(), doc.id()));
    if (doc.access() == Capability.Kind.READ) {
      output.warn("this document can only be read here: changes of the folder stay in the folder");
    }
  }
}
