package org.docs4j.transport.quic.rawkey;

/** The functions of Netty's native QUIC library that are called by address; none of them is exported. */
enum BoringSslFunction {
  EVP_PKEY_NEW_RAW_PRIVATE_KEY("EVP_PKEY_new_raw_private_key"),
  EVP_PKEY_GET_RAW_PUBLIC_KEY("EVP_PKEY_get_raw_public_key"),
  EVP_PKEY_FREE("EVP_PKEY_free"),
  SSL_CREDENTIAL_NEW_RAW_PUBLIC_KEY("SSL_CREDENTIAL_new_raw_public_key"),
  SSL_CREDENTIAL_FREE("SSL_CREDENTIAL_free"),
  SSL_CTX_ADD1_CREDENTIAL("SSL_CTX_add1_credential"),
  SSL_CTX_SET1_ACCEPTED_PEER_CERT_TYPES("SSL_CTX_set1_accepted_peer_cert_types"),
  SSL_CTX_SET1_AVAILABLE_CLIENT_CERT_TYPES("SSL_CTX_set1_available_client_cert_types"),
  SSL_CTX_SET_VERIFY_ALGORITHM_PREFS("SSL_CTX_set_verify_algorithm_prefs"),
  SSL_CTX_SET_CERT_CB("SSL_CTX_set_cert_cb"),
  SSL_CTX_SET_CUSTOM_VERIFY("SSL_CTX_set_custom_verify"),
  SSL_CTX_SET_OPTIONS("SSL_CTX_set_options"),
  SSL_GET0_PEER_RPK("SSL_get0_peer_rpk"),
  /** Netty's own check of certificates, which goes on to check those that are X.509. */
  QUIC_SSL_CERT_CUSTOM_VERIFY("quic_SSL_cert_custom_verify");

  /** The exported function from whose address the others are counted. */
  static final String ORIGIN = "JNI_OnLoad_netty_quiche";

  private final String symbol;

  BoringSslFunction(String symbol) {
    this.symbol = symbol;
  }

  /** The name in the symbol table of the library. */
  String symbol() {
    return symbol;
  }
}
