/** The transport seam over QUIC (RFC 9000), with the identity certificates of WIRE 8. */
package org.docs4j.transport.quic;
