package org.docs4j.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.AuthorNotFoundException;
import org.docs4j.api.Authors;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.spi.Environment;
import org.docs4j.engine.actor.SyncHandle;

/** The authors of a node. */
final class EngineAuthors implements Authors {
  private final SyncHandle sync;
  private final Environment environment;
  private final DefaultAuthorStorage storage;
  private final Runnable checkOpen;
  private volatile AuthorId defaultAuthor;

  /**
   * Loads the default author, or makes one: first its secret in the store, then the file.
   *
   * @param checkOpen throws when the node is closed
   */
  EngineAuthors(SyncHandle sync, Environment environment, DefaultAuthorStorage storage, Runnable checkOpen) {
    this.sync = sync;
    this.environment = environment;
    this.storage = storage;
    this.checkOpen = checkOpen;
    this.defaultAuthor = load();
  }

  private AuthorId load() {
    if (storage instanceof DefaultAuthorStorage.File file) {
      Optional<String> text = SecretFile.read(file.file());
      if (text.isPresent()) {
        return kept(file.file(), text.get());
      }
    }
    AuthorId author = create();
    remember(author);
    return author;
  }

  private AuthorId kept(Path file, String text) {
    AuthorId author;
    try {
      author = AuthorId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new StoreCorruptedException(file + " does not name an author", e);
    }
    if (export(author).isEmpty()) {
      throw new AuthorNotFoundException(
          "the default author " + author.shortText() + " named in " + file + " is not in the store");
    }
    return author;
  }

  private void remember(AuthorId author) {
    if (storage instanceof DefaultAuthorStorage.File file) {
      SecretFile.write(file.file(), author.toString());
    }
  }

  @Override
  public AuthorId defaultAuthor() {
    checkOpen.run();
    return defaultAuthor;
  }

  @Override
  public synchronized void setDefaultAuthor(AuthorId author) {
    if (export(author).isEmpty()) {
      throw new AuthorNotFoundException("the author " + author.shortText() + " is not kept here");
    }
    remember(author);
    defaultAuthor = author;
  }

  @Override
  public AuthorId create() {
    return importAuthor(Author.random(environment.random()));
  }

  @Override
  public AuthorId importAuthor(Author author) {
    checkOpen.run();
    return Await.result(sync.importAuthor(author));
  }

  @Override
  public Optional<Author> export(AuthorId author) {
    checkOpen.run();
    return Await.result(sync.exportAuthor(author));
  }

  @Override
  public synchronized void delete(AuthorId author) {
    checkOpen.run();
    if (author.equals(defaultAuthor)) {
      throw new IllegalArgumentException("the default author cannot be deleted");
    }
    Await.result(sync.deleteAuthor(author));
  }

  @Override
  public List<AuthorId> list() {
    checkOpen.run();
    return Await.result(sync.listAuthors());
  }
}
