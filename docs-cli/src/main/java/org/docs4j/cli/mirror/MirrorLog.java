package org.docs4j.cli.mirror;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.Timestamp;
import org.docs4j.cli.node.CommandFailedException;

/**
 * What folder and document agreed on, kept over restarts: a file with one line for each agreement, the last one about a
 * path counting. Lines are appended as things happen and handed to the operating system at once, so that they survive the
 * end of the process; a line that was cut is passed over. Safe to use from any thread.
 */
final class MirrorLog implements AutoCloseable {
  private static final String HEADER = "docs4j mirror 1";
  private static final int FIELDS = 7;

  private final BufferedWriter out;

  private MirrorLog(BufferedWriter out) {
    this.out = out;
  }

  /**
   * Reads what was agreed on; nothing when there is no file.
   *
   * @throws CommandFailedException if it cannot be read, or another version of this program wrote it
   */
  static Map<String, Agreed> read(Path file) {
    Map<String, Agreed> agreed = new TreeMap<>();
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      List<String> all = lines.toList();
      if (all.isEmpty() || !all.get(0).equals(HEADER)) {
        throw new CommandFailedException(file + " was not written by this version of docs");
      }
      all.stream().skip(1).forEach(line -> take(line, agreed));
    } catch (NoSuchFileException e) {
      return agreed;
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailedException(file + " cannot be read: " + e.getMessage(), e);
    }
    return agreed;
  }

  /** Writes the agreements anew, beside and renamed, and opens the file to append to it. */
  static MirrorLog open(Path file, Map<String, Agreed> agreed) {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      try (BufferedWriter fresh = Files.newBufferedWriter(beside, StandardCharsets.UTF_8)) {
        fresh.write(HEADER + "\n");
        for (Map.Entry<String, Agreed> entry : agreed.entrySet()) {
          fresh.write(line(entry.getKey(), entry.getValue()));
        }
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new MirrorLog(Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new CommandFailedException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** Remembers an agreement. */
  synchronized void append(String path, Agreed agreed) throws IOException {
    out.write(line(path, agreed));
    out.flush();
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new CommandFailedException("what was mirrored cannot be remembered: " + e.getMessage(), e);
    }
  }

  private static String line(String path, Agreed agreed) {
    Record record = agreed.version().record();
    return String.join(
            "\t",
            escape(path),
            Long.toString(agreed.stamp().size()),
            Long.toString(agreed.stamp().modified()),
            Long.toUnsignedString(record.length()),
            record.hash().toString(),
            record.timestamp().toString(),
            agreed.version().author().toString())
        + "\n";
  }

  private static void take(String line, Map<String, Agreed> agreed) {
    String[] fields = line.split("\t", -1);
    if (fields.length != FIELDS) {
      return;
    }
    try {
      Record record =
          new Record(
              Long.parseUnsignedLong(fields[3]),
              Hash.parse(fields[4]),
              new Timestamp(Long.parseUnsignedLong(fields[5])));
      agreed.put(
          unescape(fields[0]),
          new Agreed(
              new Version(record, AuthorId.parse(fields[6])),
              new Stamp(Long.parseLong(fields[1]), Long.parseLong(fields[2]))));
    } catch (IllegalArgumentException e) {
      // A line that was cut: what it said is found out again by comparing.
      return;
    }
  }

  /** Tabs, line ends and backslashes as escapes. */
  static String escape(String path) {
    return path.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
  }

  /** Undoes {@link #escape}. */
  static String unescape(String text) {
    StringBuilder path = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        c = switch (text.charAt(i)) {
          case 't' -> '\t';
          case 'n' -> '\n';
          case 'r' -> '\r';
          default -> text.charAt(i);
        };
      }
      path.append(c);
    }
    return path.toString();
  }
}
