package org.docs4j.transport.quic.rawkey;

import com.sun.jna.CallbackProxy;
import com.sun.jna.Pointer;
import io.netty.handler.codec.quic.QuicSslContext;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Changes contexts by calling the TLS library with JNA; without JNA this class cannot be loaded. */
final class JnaRawKeys implements RawKeys {
  private static final System.Logger LOG = System.getLogger(JnaRawKeys.class.getName());

  private final BoringSsl library;
  private final NettyInternals netty;
  private final byte[] seed;
  private final Check check;
  // Native code has their addresses and does not keep them alive.
  private final List<CallbackProxy> callbacks = new CopyOnWriteArrayList<>();

  JnaRawKeys(byte[] seed, Check check) throws UnavailableException {
    this.seed = seed.clone();
    this.check = check;
    this.netty = new NettyInternals();
    this.library = new BoringSsl();
  }

  @Override
  public void dial(QuicSslContext client) {
    change(
        client,
        context -> {
          library.offerToServers(context, BoringSsl.RAW_PUBLIC_KEY);
          only(context);
          library.checkPeers(context, verifier(client, false));
        });
  }

  @Override
  public void accept(QuicSslContext server, boolean certificatesToo) {
    change(
        server,
        context -> {
          library.withoutTickets(context);
          if (certificatesToo) {
            library.acceptFromPeers(context, BoringSsl.RAW_PUBLIC_KEY, BoringSsl.X509);
            library.acceptSignatures(context, BoringSsl.ED25519, BoringSsl.ECDSA_P256, BoringSsl.ECDSA_P384);
          } else {
            only(context);
          }
          library.checkPeers(context, verifier(server, certificatesToo));
        });
  }

  /** The native context is freed with the object: it must stay until all is done. */
  private void change(QuicSslContext object, Consumer<Pointer> change) {
    try {
      Pointer context = new Pointer(netty.address(object));
      library.addKey(context, seed);
      change.accept(context);
    } finally {
      Reference.reachabilityFence(object);
    }
  }

  private void only(Pointer context) {
    library.acceptFromPeers(context, BoringSsl.RAW_PUBLIC_KEY);
    library.acceptSignatures(context, BoringSsl.ED25519);
    library.withoutCertificates(context);
  }

  private CallbackProxy verifier(QuicSslContext context, boolean certificatesToo) {
    CallbackProxy callback = new Verifier(library, netty.engines(context), check, certificatesToo);
    callbacks.add(callback);
    return callback;
  }

  /** What the TLS library calls to check a peer, on the event loop. */
  private record Verifier(
      BoringSsl library, NettyInternals.Engines engines, Check check, boolean certificatesToo)
      implements CallbackProxy {
    // enum ssl_verify_result_t
    private static final int OK = 0;
    private static final int INVALID = 1;
    // bad_certificate (RFC 8446, section 6)
    private static final byte ALERT = 42;

    /** Never throws: JNA would make a zero of it, which means that all is well. */
    @Override
    @SuppressWarnings("CatchingUnchecked")
    public Object callback(Object[] arguments) {
      try {
        return verify((Pointer) arguments[0], (Pointer) arguments[1]);
      } catch (Throwable e) {
        LOG.log(System.Logger.Level.WARNING, "a peer could not be checked", e);
        return INVALID;
      }
    }

    private int verify(Pointer ssl, Pointer alert) throws ReflectiveOperationException {
      Optional<byte[]> key = library.peerKey(ssl);
      if (key.isEmpty() && certificatesToo) {
        return library.nettyVerify(ssl, alert);
      }
      if (key.isPresent() && check.accepts(engines.of(Pointer.nativeValue(ssl)), key.get())) {
        return OK;
      }
      alert.setByte(0, ALERT);
      return INVALID;
    }

    @Override
    public Class<?>[] getParameterTypes() {
      return new Class<?>[] {Pointer.class, Pointer.class};
    }

    @Override
    public Class<?> getReturnType() {
      return int.class;
    }
  }
}
