package org.docs4j.transport.quic;

import java.util.Map;
import org.docs4j.api.spi.transport.TransportProvider;
import org.docs4j.tck.TransportVerification;

class QuicTransportTest extends TransportVerification {
  @Override
  protected TransportProvider provider() {
    return new QuicTransportProvider();
  }

  @Override
  protected Map<String, String> options() {
    return Map.of("connect-timeout", "2s", "idle", "4s", "keep-alive", "1s");
  }

  @Override
  protected long maxCode() {
    return Integer.MAX_VALUE;
  }

  @Override
  protected boolean tellsStopCodes() {
    return false;
  }
}
