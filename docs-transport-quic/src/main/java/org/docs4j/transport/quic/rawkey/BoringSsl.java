package org.docs4j.transport.quic.rawkey;

import com.sun.jna.CallbackProxy;
import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Calls functions of the TLS library inside Netty's native library. A wrong argument here ends the process: callers
 * pass only pointers that the library gave them and that are alive.
 */
final class BoringSsl {
  /** Bytes in an Ed25519 key, public or secret (the seed). */
  static final int KEY_BYTES = 32;

  /** Certificate types (RFC 7250, section 3). */
  static final byte RAW_PUBLIC_KEY = 2;

  static final byte X509 = 0;

  /** Signature schemes (RFC 8446, section 4.2.3). */
  static final short ED25519 = 0x0807;

  static final short ECDSA_P256 = 0x0403;
  static final short ECDSA_P384 = 0x0503;

  private static final int EVP_PKEY_ED25519 = 949;
  // SSL_VERIFY_PEER with SSL_VERIFY_FAIL_IF_NO_PEER_CERT.
  private static final int VERIFY_REQUIRED = 3;
  private static final int OP_NO_TICKET = 1 << 14;
  private static final int RTLD_LAZY = 1;
  private static final int RTLD_NOLOAD = Platform.isMac() ? 0x10 : 4;

  private final Map<BoringSslFunction, Function> functions = new EnumMap<>(BoringSslFunction.class);

  /** Finds the functions in the library that is loaded. */
  BoringSsl() throws UnavailableException {
    LoadedLibrary loaded = LoadedLibrary.find();
    Map<BoringSslFunction, Long> offsets = offsets(loaded);
    Pointer origin = origin(loaded);
    offsets.forEach(
        (function, offset) ->
            functions.put(function, Function.getFunction(new Pointer(Pointer.nativeValue(origin) + offset))));
  }

  /** From where the functions of a library that is loaded are counted. */
  static Pointer origin(LoadedLibrary loaded) {
    Map<String, Object> options = new HashMap<>();
    options.put(Library.OPTION_OPEN_FLAGS, RTLD_LAZY | RTLD_NOLOAD);
    return NativeLibrary.getInstance(loaded.path(), options).getGlobalVariableAddress(BoringSslFunction.ORIGIN);
  }

  /** Where the functions of a library are, if it is known. */
  static Map<BoringSslFunction, Long> offsets(LoadedLibrary loaded) throws UnavailableException {
    try {
      return NativeOffsets.of(loaded.sha256())
          .orElseThrow(
              () ->
                  new UnavailableException(
                      "the native QUIC library of Netty is not one of those that are known (its SHA-256 is "
                          + loaded.sha256() + ")"));
    } catch (IOException e) {
      throw new UnavailableException(e.getMessage(), e);
    }
  }

  private Function function(BoringSslFunction which) {
    return functions.get(which);
  }

  private void require(BoringSslFunction which, Object... arguments) {
    if (function(which).invokeInt(arguments) != 1) {
      throw new IllegalStateException(which.symbol() + " failed");
    }
  }

  private Pointer create(BoringSslFunction which, Object... arguments) {
    Pointer made = function(which).invokePointer(arguments);
    if (made == null) {
      throw new IllegalStateException(which.symbol() + " failed");
    }
    return made;
  }

  /** Makes an Ed25519 key the one that a context proves itself with where the peer takes raw public keys. */
  void addKey(Pointer context, byte[] seed) {
    Pointer key =
        create(BoringSslFunction.EVP_PKEY_NEW_RAW_PRIVATE_KEY, EVP_PKEY_ED25519, null, seed, (long) KEY_BYTES);
    try {
      Pointer credential = create(BoringSslFunction.SSL_CREDENTIAL_NEW_RAW_PUBLIC_KEY, key);
      try {
        require(BoringSslFunction.SSL_CTX_ADD1_CREDENTIAL, context, credential);
      } finally {
        function(BoringSslFunction.SSL_CREDENTIAL_FREE).invokeVoid(new Object[] {credential});
      }
    } finally {
      // The credential holds what it needs.
      function(BoringSslFunction.EVP_PKEY_FREE).invokeVoid(new Object[] {key});
    }
  }

  /** Which kinds of certificates a context takes from its peers, the best first. */
  void acceptFromPeers(Pointer context, byte... types) {
    require(BoringSslFunction.SSL_CTX_SET1_ACCEPTED_PEER_CERT_TYPES, context, types, (long) types.length);
  }

  /** Which kinds of certificates a client's context can show. */
  void offerToServers(Pointer context, byte... types) {
    require(BoringSslFunction.SSL_CTX_SET1_AVAILABLE_CLIENT_CERT_TYPES, context, types, (long) types.length);
  }

  /** Which signatures a context takes from its peers. */
  void acceptSignatures(Pointer context, short... schemes) {
    require(BoringSslFunction.SSL_CTX_SET_VERIFY_ALGORITHM_PREFS, context, schemes, (long) schemes.length);
  }

  /** Takes Netty's choice of an X.509 certificate out of a context. */
  void withoutCertificates(Pointer context) {
    function(BoringSslFunction.SSL_CTX_SET_CERT_CB).invokeVoid(new Object[] {context, null, null});
  }

  void withoutTickets(Pointer context) {
    function(BoringSslFunction.SSL_CTX_SET_OPTIONS).invokeInt(new Object[] {context, OP_NO_TICKET});
  }

  /** Sets what checks a peer; the callback must be kept reachable as long as handshakes of the context run. */
  void checkPeers(Pointer context, CallbackProxy callback) {
    function(BoringSslFunction.SSL_CTX_SET_CUSTOM_VERIFY)
        .invokeVoid(new Object[] {context, VERIFY_REQUIRED, callback});
  }

  /** The Ed25519 key that a peer shows, empty if it shows a certificate; an array of another length for another kind. */
  Optional<byte[]> peerKey(Pointer ssl) {
    Pointer key = function(BoringSslFunction.SSL_GET0_PEER_RPK).invokePointer(new Object[] {ssl});
    if (key == null) {
      return Optional.empty();
    }
    byte[] bytes = new byte[KEY_BYTES];
    LongByReference length = new LongByReference(KEY_BYTES);
    int known =
        function(BoringSslFunction.EVP_PKEY_GET_RAW_PUBLIC_KEY).invokeInt(new Object[] {key, bytes, length});
    return Optional.of(known == 1 && length.getValue() == KEY_BYTES ? bytes : new byte[0]);
  }

  /** Lets Netty check the certificate of a peer, as it would without us. */
  int nettyVerify(Pointer ssl, Pointer alert) {
    return function(BoringSslFunction.QUIC_SSL_CERT_CUSTOM_VERIFY).invokeInt(new Object[] {ssl, alert});
  }
}
