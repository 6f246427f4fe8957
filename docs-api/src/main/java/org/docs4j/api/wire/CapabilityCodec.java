package org.docs4j.api.wire;

import org.docs4j.api.crypto.Ed25519;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;

/** The right to a document as tickets carry it (WIRE 7): {@code 0} and the secret, or {@code 1} and the id. */
public final class CapabilityCodec {
  private CapabilityCodec() {}

  /** Adds a capability; that of a writer contains the secret key. */
  public static void write(PostcardWriter out, Capability capability) {
    if (capability instanceof Capability.Write write) {
      out.variant(0).byteString(write.secret().toByteArray());
    } else {
      out.variant(1).bytes32(capability.id().bytes());
    }
  }

  /**
   * Takes a capability.
   *
   * @throws org.docs4j.api.MalformedMessageException if it is neither of the two
   */
  public static Capability read(PostcardReader in) {
    if (in.variant(2, "capability") == 1) {
      return new Capability.Read(new NamespaceId(in.bytes32()));
    }
    PostcardReader before = in.copy();
    byte[] secret = in.byteString(Ed25519.SEED_BYTES);
    if (secret.length != Ed25519.SEED_BYTES) {
      throw before.malformed("a secret key has 32 bytes, not " + secret.length);
    }
    return new Capability.Write(NamespaceSecret.of(secret));
  }
}
