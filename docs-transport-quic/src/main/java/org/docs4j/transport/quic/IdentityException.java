package org.docs4j.transport.quic;

import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.docs4j.api.PeerIdentityException;

/** The peer did not prove to be who it must be; for TLS, which knows certificates only. */
final class IdentityException extends CertificateException {
  private static final long serialVersionUID = 1L;

  // Reasons of the TLS library, which has no other codes for us.
  private static final Pattern BAD_SIGNATURE = Pattern.compile(":(BAD|INVALID|WRONG)_SIGNATURE");
  private static final String NOTHING_SHOWN = ":PEER_DID_NOT_RETURN_A_CERTIFICATE";

  private final PeerIdentityException.Reason reason;

  IdentityException(PeerIdentityException.Reason reason) {
    super(reason.sentence());
    this.reason = reason;
  }

  IdentityException(PeerIdentityException.Reason reason, Throwable cause) {
    super(reason.sentence(), cause);
    this.reason = reason;
  }

  /** What a failure of TLS says of the peer's proof, where that is what failed: TLS itself checks that a key is held. */
  static Optional<IdentityException> of(SSLException failure) {
    String words = String.valueOf(failure.getMessage());
    if (BAD_SIGNATURE.matcher(words).find()) {
      return Optional.of(new IdentityException(PeerIdentityException.Reason.BAD_HANDSHAKE_SIGNATURE, failure));
    }
    return words.contains(NOTHING_SHOWN)
        ? Optional.of(new IdentityException(PeerIdentityException.Reason.NOT_ONE_CERTIFICATE, failure))
        : Optional.empty();
  }

  PeerIdentityException.Reason reason() {
    return reason;
  }
}
