package org.docs4j.engine;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.docs4j.api.ProviderException;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.wire.Hex;

/**
 * The folder of a node: {@code store/}, {@code blobs/}, {@code endpoint-key}, {@code default-author} and
 * {@code node.properties}, which remembers the kinds of store that were chosen first.
 */
final class NodeFolder {
  private static final String STORE = "store";
  private static final String BLOBS = "blobs";

  private final Path folder;

  /** Makes nothing yet. */
  NodeFolder(Path folder) {
    this.folder = folder;
  }

  Path store() {
    return subFolder(STORE);
  }

  Path blobs() {
    return subFolder(BLOBS);
  }

  private Path subFolder(String name) {
    Path path = folder.resolve(name);
    SecretFile.createFolder(folder);
    SecretFile.createFolder(path);
    return path;
  }

  DefaultAuthorStorage defaultAuthor() {
    return new DefaultAuthorStorage.File(folder.resolve("default-author"));
  }

  /** The kind of store to open: the remembered one, which a name given now must not contradict. */
  Optional<String> storeName(Optional<String> named) {
    return agreed(STORE, named);
  }

  Optional<String> blobsName(Optional<String> named) {
    return agreed(BLOBS, named);
  }

  private Optional<String> agreed(String what, Optional<String> named) {
    Optional<String> remembered = Optional.ofNullable(settings().getProperty(what));
    if (remembered.isPresent() && named.isPresent() && !named.equals(remembered)) {
      throw new ProviderException(
          "the folder " + folder + " was made with " + what + " " + remembered.get() + " and cannot be opened with "
              + named.get());
    }
    return remembered.or(() -> named);
  }

  /** Remembers the kind of store that was opened, before anything else can go wrong. */
  void rememberStore(String name) {
    remember(STORE, name);
  }

  void rememberBlobs(String name) {
    remember(BLOBS, name);
  }

  private void remember(String what, String name) {
    Properties settings = settings();
    if (!name.equals(settings.getProperty(what))) {
      settings.setProperty(what, name);
      StringBuilder text = new StringBuilder();
      new TreeMap<>(settings).forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
      SecretFile.write(folder.resolve("node.properties"), text.toString());
    }
  }

  private Properties settings() {
    Properties settings = new Properties();
    SecretFile.read(folder.resolve("node.properties"))
        .ifPresent(
            text -> {
              try {
                settings.load(new StringReader(text));
              } catch (IOException | IllegalArgumentException e) {
                throw new StoreException("cannot read node.properties in " + folder, e);
              }
            });
    return settings;
  }

  /** The endpoint's kept key; made at the first start. */
  EndpointSecret endpointSecret(RandomGenerator random) {
    Path file = folder.resolve("endpoint-key");
    Optional<String> text = SecretFile.read(file);
    if (text.isPresent()) {
      try {
        return EndpointSecret.parse(text.get());
      } catch (IllegalArgumentException e) {
        throw new StoreCorruptedException(
            file + " does not hold a key of 64 hexadecimal digits; restore it, or remove it to get a new identity", e);
      }
    }
    EndpointSecret secret = EndpointSecret.random(random);
    SecretFile.write(file, Hex.encode(secret.toByteArray()));
    return secret;
  }
}
