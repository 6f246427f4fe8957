package org.docs4j.api;

import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;

/** The authors whose secrets this node keeps. Safe to use from any thread. */
public interface Authors {
  /** The author in whose name this node writes unless told otherwise. */
  AuthorId defaultAuthor();

  /**
   * Makes another author the default one and remembers it where the node has a folder.
   *
   * @throws AuthorNotFoundException if its secret is not here
   */
  void setDefaultAuthor(AuthorId author);

  /** Makes a new author; durable when it returns. */
  AuthorId create();

  /** Keeps an author that was made elsewhere; durable when it returns. */
  AuthorId importAuthor(Author author);

  /** An author's secret, if it is here. */
  Optional<Author> export(AuthorId author);

  /**
   * Forgets an author's secret; its entries stay.
   *
   * @throws AuthorNotFoundException if its secret is not here
   * @throws IllegalArgumentException if it is the default author
   */
  void delete(AuthorId author);

  /** All authors in order of their ids. */
  List<AuthorId> list();
}
