package org.docs4j.transport.quic.rawkey;

import com.sun.jna.CallbackProxy;
import com.sun.jna.CallbackReference;
import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicSslContext;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes TLS contexts show what is not theirs, or nothing: Netty would rather fail by itself, before the other side
 * hears of it. Must be reachable until the last handshake of its contexts is over.
 */
public final class Impostor {
  /** Makes what is to prove that a key is owned. */
  @FunctionalInterface
  public interface Signer {
    /** Returns a signature of a message, or what is passed off as one. */
    byte[] sign(byte[] message) throws GeneralSecurityException;
  }

  private final BoringSsl library;
  private final NettyInternals netty = new NettyInternals();
  private final Map<String, Long> symbols;
  private final Pointer origin;
  private final List<Object> reachable = new ArrayList<>();

  /** Finds what it needs in the TLS library, among functions that an endpoint never calls. */
  public Impostor() throws Exception {
    Quic.ensureAvailability();
    library = new BoringSsl();
    LoadedLibrary loaded = LoadedLibrary.find();
    origin = BoringSsl.origin(loaded);
    String unpackedFrom = Path.of(loaded.path()).toFile().getName().replaceFirst("_64[0-9]*\\.", "_64.");
    try (InputStream in =
        QuicSslContext.class.getClassLoader().getResourceAsStream("META-INF/native/" + unpackedFrom)) {
      symbols = SymbolTable.read(in.readAllBytes());
    }
  }

  /** Has no certificate to show. */
  public void showNothing(QuicSslContext context) {
    library.withoutCertificates(pointer(context));
  }

  /** Shows a certificate, DER. */
  public void showCertificate(QuicSslContext context, byte[] certificate, Signer signer) {
    showNothing(context);
    Pointer buffer = create("CRYPTO_BUFFER_new", memory(certificate), (long) certificate.length, null);
    require("SSL_CTX_set_chain_and_key", pointer(context), new Pointer[] {buffer}, 1L, null, method(signer));
    function("CRYPTO_BUFFER_free").invokeVoid(new Object[] {buffer});
  }

  /** Speaks raw public keys only, takes those of everybody, and has none to show. */
  public void showNoRawKey(QuicSslContext context) {
    showNothing(context);
    Pointer pointer = pointer(context);
    if (context.isClient()) {
      library.offerToServers(pointer, BoringSsl.RAW_PUBLIC_KEY);
    }
    library.acceptFromPeers(pointer, BoringSsl.RAW_PUBLIC_KEY);
    library.acceptSignatures(pointer, BoringSsl.ED25519);
    CallbackProxy everybody = new Callback(arguments -> 0, Pointer.class, Pointer.class);
    reachable.add(everybody);
    library.checkPeers(pointer, everybody);
  }

  /** Shows a raw public key of any kind, as a SubjectPublicKeyInfo. */
  public void showRawKey(QuicSslContext context, byte[] publicKey, Signer signer) {
    showNoRawKey(context);
    // A CBS: where bytes begin, and how many there are.
    Memory bytes = new Memory(2L * Native.POINTER_SIZE);
    bytes.setPointer(0, memory(publicKey));
    bytes.setLong(Native.POINTER_SIZE, publicKey.length);
    Pointer key = create("EVP_parse_public_key", bytes);
    Pointer credential = create("SSL_CREDENTIAL_new_raw_public_key_custom", key, method(signer));
    require("SSL_CTX_add1_credential", pointer(context), credential);
    function("SSL_CREDENTIAL_free").invokeVoid(new Object[] {credential});
    function("EVP_PKEY_free").invokeVoid(new Object[] {key});
  }

  private Pointer pointer(QuicSslContext context) {
    reachable.add(context);
    return new Pointer(netty.address(context));
  }

  private Function function(String name) {
    long distance = symbols.get(name) - symbols.get(BoringSslFunction.ORIGIN);
    return Function.getFunction(new Pointer(Pointer.nativeValue(origin) + distance));
  }

  private Pointer create(String name, Object... arguments) {
    Pointer made = function(name).invokePointer(arguments);
    if (made == null) {
      throw new IllegalStateException(name + " failed");
    }
    return made;
  }

  private void require(String name, Object... arguments) {
    if (function(name).invokeInt(arguments) != 1) {
      throw new IllegalStateException(name + " failed");
    }
  }

  private Memory memory(byte[] bytes) {
    Memory memory = new Memory(bytes.length);
    memory.write(0, bytes, 0, bytes.length);
    reachable.add(memory);
    return memory;
  }

  /** An SSL_PRIVATE_KEY_METHOD: sign, decrypt, complete; the last two are never called for a signature made at once. */
  private Pointer method(Signer signer) {
    Callback sign =
        new Callback(
            arguments -> {
              byte[] message = ((Pointer) arguments[5]).getByteArray(0, Math.toIntExact((long) arguments[6]));
              byte[] signature = signer.sign(message);
              ((Pointer) arguments[1]).write(0, signature, 0, signature.length);
              ((Pointer) arguments[2]).setLong(0, signature.length);
              return 0;
            },
            Pointer.class, Pointer.class, Pointer.class, long.class, short.class, Pointer.class, long.class);
    reachable.add(sign);
    Memory method = new Memory(3L * Native.POINTER_SIZE);
    method.clear();
    method.setPointer(0, CallbackReference.getFunctionPointer(sign));
    reachable.add(method);
    return method;
  }

  /** What a native function calls. */
  private static final class Callback implements CallbackProxy {
    /** Does the work; zero says that all is well. */
    interface Body {
      int call(Object[] arguments) throws GeneralSecurityException;
    }

    private static final int FAILED = 2;

    private final Body body;
    private final Class<?>[] parameters;

    private Callback(Body body, Class<?>... parameters) {
      this.body = body;
      this.parameters = parameters;
    }

    @Override
    public Object callback(Object[] arguments) {
      try {
        return body.call(arguments);
      } catch (GeneralSecurityException e) {
        return FAILED;
      }
    }

    @Override
    public Class<?>[] getParameterTypes() {
      return parameters.clone();
    }

    @Override
    public Class<?> getReturnType() {
      return int.class;
    }
  }
}
