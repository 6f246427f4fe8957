package org.docs4j.cli.node;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.docs4j.api.model.NamespaceId;

/**
 * What the command line remembers in a data folder: its port, and which document a mirrored folder belongs to.
 *
 * <p>One file of properties, written beside and renamed, so that it is whole at any time. Used by one thread of the one
 * process that holds the data folder.
 */
public final class Settings {
  private static final String FILE = "settings.properties";
  private static final String PORT = "port";
  private static final String MIRROR = "mirror.";

  private final Path folder;
  private final Properties values = new Properties();

  private Settings(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads the settings kept in a folder; there need not be any, nor the folder.
   *
   * @throws CommandFailedException if they cannot be read
   */
  public static Settings load(Path folder) {
    Settings settings = new Settings(folder);
    try (Reader in = Files.newBufferedReader(folder.resolve(FILE), StandardCharsets.UTF_8)) {
      settings.values.load(in);
    } catch (NoSuchFileException e) {
      return settings;
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailedException("the settings in " + folder + " cannot be read: " + e.getMessage(), e);
    }
    return settings;
  }

  /** The port that was chosen for this folder. */
  public OptionalInt port() {
    String text = values.getProperty(PORT, "");
    return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 0xFFFF
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  /** Remembers the port, at once on disk. */
  public void rememberPort(int port) {
    values.setProperty(PORT, Integer.toString(port));
    save();
  }

  /** The document that a mirrored folder, given by its real path, belongs to. */
  public Optional<NamespaceId> mirror(Path mirrored) {
    return Optional.ofNullable(values.getProperty(MIRROR + mirrored)).map(NamespaceId::parse);
  }

  /** Remembers the document of a mirrored folder, at once on disk. */
  public void rememberMirror(Path mirrored, NamespaceId doc) {
    values.setProperty(MIRROR + mirrored, doc.toString());
    save();
  }

  private void save() {
    StringWriter text = new StringWriter();
    try {
      values.store(text, null);
      Files.createDirectories(folder);
      Path beside = folder.resolve(FILE + ".new");
      // The first line is a comment with the time of day, of no use here.
      Files.write(beside, text.toString().lines().filter(line -> !line.startsWith("#")).sorted().toList());
      Files.move(beside, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailedException("the settings in " + folder + " cannot be written: " + e.getMessage(), e);
    }
  }
}
