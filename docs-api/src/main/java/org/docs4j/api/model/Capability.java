package org.docs4j.api.model;

/** The right to read a document, or to read and write it. */
public sealed interface Capability {
  /** The document. */
  NamespaceId id();

  /** Which of the two it is. */
  Kind kind();

  /** The two kinds, the weaker first. */
  enum Kind {
    /** Entries can be read and verified. */
    READ,
    /** Entries can be written as well. */
    WRITE
  }

  /**
   * The right to write.
   *
   * @param secret the namespace's secret key
   */
  record Write(NamespaceSecret secret) implements Capability {
    @Override
    public NamespaceId id() {
      return secret.id();
    }

    @Override
    public Kind kind() {
      return Kind.WRITE;
    }
  }

  /**
   * The right to read.
   *
   * @param id the namespace's public key
   */
  record Read(NamespaceId id) implements Capability {
    @Override
    public Kind kind() {
      return Kind.READ;
    }
  }

  /** The same document's right to read only. */
  default Capability toRead() {
    return new Read(id());
  }
}
