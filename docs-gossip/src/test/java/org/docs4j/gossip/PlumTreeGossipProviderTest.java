package org.docs4j.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.ProviderException;
import org.docs4j.api.spi.Providers;
import org.docs4j.api.spi.gossip.GossipProvider;
import org.docs4j.gossip.proto.GossipConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlumTreeGossipProviderTest {
  @Test
  void providers_byName_findIt() {
    assertInstanceOf(PlumTreeGossipProvider.class, Providers.gossip(Optional.of("plumtree")));
    assertFalse(Providers.gossip(Optional.empty()).persistent());
  }

  @Test
  void provider_onModulePathAndClassPath_isTheSame() throws IOException {
    Module module = PlumTreeGossipProvider.class.getModule();
    List<String> declared =
        module.getDescriptor().provides().stream()
            .filter(provides -> provides.service().equals(GossipProvider.class.getName()))
            .flatMap(provides -> provides.providers().stream())
            .toList();
    try (InputStream file = module.getResourceAsStream("META-INF/services/" + GossipProvider.class.getName())) {
      assertEquals(declared, new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  @Test
  void config_withoutOptions_isThatOfTheSpecification() {
    assertEquals(GossipConfig.defaults(), PlumTreeGossipProvider.config(Map.of()));
    assertEquals(4057, GossipConfig.defaults().maxContentBytes());
  }

  @Test
  void config_withOptions_takesThem() {
    GossipConfig config =
        PlumTreeGossipProvider.config(
            Map.of("max-message-bytes", "512", "active-peers", "3", "passive-peers", "9", "rejoin-seconds", "7"));
    assertEquals(512, config.maxMessageBytes());
    assertEquals(3, config.membership().activeCapacity());
    assertEquals(9, config.membership().passiveCapacity());
    assertEquals(Duration.ofSeconds(7), config.membership().rejoinLimit());
  }

  @ParameterizedTest
  @CsvSource({
    "speed, 1",
    "max-message-bytes, 511",
    "max-message-bytes, 16385",
    "active-peers, 0",
    "passive-peers, many",
    "rejoin-seconds, -1"
  })
  void config_withAnythingElse_isRefusedByName(String option, String value) {
    ProviderException refused =
        assertThrows(ProviderException.class, () -> PlumTreeGossipProvider.config(Map.of(option, value)));
    assertTrue(refused.getMessage().contains(option), refused::getMessage);
  }
}
