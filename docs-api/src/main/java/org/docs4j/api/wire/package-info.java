/** Bytes and texts of the wire: postcard reader and writer, codecs of the values, tickets, hexadecimal and base32. */
package org.docs4j.api.wire;
