package org.docs4j.cli.node;

import java.util.List;
import org.docs4j.api.DocInfo;
import org.docs4j.api.Docs;
import org.docs4j.api.model.NamespaceId;

/** Finds the document that a person means. Pure functions. */
public final class Selection {
  /** Stands for the only document of a node. */
  public static final String ONLY = ".";

  private static final int SHORTEST_PREFIX = 4;

  private Selection() {}

  /**
   * The document whose id is the text or begins with it; {@link #ONLY} is the only one there is.
   *
   * @throws BadInputException if no document, or more than one, is meant
   */
  public static NamespaceId find(Docs docs, String text) {
    return find(docs.list(), text);
  }

  static NamespaceId find(List<DocInfo> documents, String text) {
    if (text.equals(ONLY)) {
      return switch (documents.size()) {
        case 0 -> throw new BadInputException("there is no document here yet: docs create makes one, docs join gets one");
        case 1 -> documents.get(0).id();
        default -> throw new BadInputException(
            "there are " + documents.size() + " documents here: say which, docs ls lists them");
      };
    }
    List<NamespaceId> found =
        documents.stream().map(DocInfo::id).filter(id -> isMeant(id, text)).toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new BadInputException(
        found.isEmpty()
            ? "there is no document " + text + " here: docs ls lists them"
            : "more than one document begins with " + text + ": write more of its id");
  }

  /** Whether the text is the id, in either of its forms, or at least the first four digits of it. */
  public static boolean isMeant(NamespaceId id, String text) {
    if (text.length() >= SHORTEST_PREFIX && id.toString().startsWith(text)) {
      return true;
    }
    try {
      return NamespaceId.parse(text).equals(id);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
