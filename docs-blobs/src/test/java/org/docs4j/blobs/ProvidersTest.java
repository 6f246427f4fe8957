package org.docs4j.blobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.docs4j.api.spi.Providers;
import org.docs4j.api.spi.blobs.BlobsProvider;
import org.junit.jupiter.api.Test;

class ProvidersTest {
  @Test
  void providers_areChosenByFolder() {
    assertEquals("file", Providers.blobs(Optional.empty(), true).name());
    assertTrue(Providers.blobs(Optional.empty(), true).persistent());
    assertEquals("memory", Providers.blobs(Optional.empty(), false).name());
    assertFalse(Providers.blobs(Optional.empty(), false).persistent());
  }

  @Test
  void providers_ofModuleAndOfClassPath_areTheSame() throws IOException {
    List<String> listed;
    try (InputStream in =
        FileBlobsProvider.class.getResourceAsStream("/META-INF/services/" + BlobsProvider.class.getName())) {
      listed = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    ModuleDescriptor descriptor;
    try (InputStream in = FileBlobsProvider.class.getResourceAsStream("/module-info.class")) {
      descriptor = ModuleDescriptor.read(in);
    }
    List<String> provided =
        descriptor.provides().stream().flatMap(provides -> provides.providers().stream()).toList();
    assertEquals(new TreeSet<>(provided), new TreeSet<>(listed));
    assertEquals(
        List.of("org.docs4j.blobs", "org.docs4j.blobs.bao"),
        descriptor.exports().stream().map(ModuleDescriptor.Exports::source).sorted().toList());
    assertTrue(descriptor.exports().stream().noneMatch(ModuleDescriptor.Exports::isQualified));
  }
}
