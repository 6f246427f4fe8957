package org.docs4j.transport.quic;

import io.netty.handler.ssl.util.LazyX509Certificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Offers the one certificate that an endpoint has, to everyone. */
final class X509KeyManager extends X509ExtendedKeyManager {
  private static final String ALIAS = "endpoint";

  private final X509Certificates.Issued issued;

  X509KeyManager(X509Certificates.Issued issued) {
    this.issued = issued;
  }

  /** A certificate that is only bytes: the parser of the JDK refuses those of peers, which name no issuer. */
  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return new X509Certificate[] {new LazyX509Certificate(issued.certificate().toByteArray())};
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return issued.keys().getPrivate();
  }

  @Override
  public String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return ALIAS;
  }

  @Override
  public String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return ALIAS;
  }

  @Override
  public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return ALIAS;
  }

  @Override
  public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return ALIAS;
  }
}
