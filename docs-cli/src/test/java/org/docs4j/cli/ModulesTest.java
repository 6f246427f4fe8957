package org.docs4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.module.ResolvedModule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the descriptors of all modules promise. */
class ModulesTest {
  private static final String SERVICES = "META-INF/services/";

  private static List<ResolvedModule> ours() {
    return ModuleLayer.boot().configuration().modules().stream()
        .filter(module -> module.name().startsWith("org.docs4j."))
        .toList();
  }

  @Test
  void modules_ofTheProject_areAllHere() {
    Set<String> names = new TreeSet<>(ours().stream().map(ResolvedModule::name).toList());

    assertTrue(
        names.containsAll(
            Set.of(
                "org.docs4j.api",
                "org.docs4j.blobs",
                "org.docs4j.cli",
                "org.docs4j.engine",
                "org.docs4j.gossip",
                "org.docs4j.store.lmdb",
                "org.docs4j.store.rocksdb",
                "org.docs4j.transport.quic")),
        names.toString());
  }

  @Test
  void services_onTheClassPath_areThoseOfTheModulePath() throws IOException {
    Map<String, Set<String>> declared = new TreeMap<>();
    Map<String, Set<String>> listed = new TreeMap<>();
    for (ResolvedModule module : ours()) {
      for (ModuleDescriptor.Provides provides : module.reference().descriptor().provides()) {
        declared.put(module.name() + " " + provides.service(), new TreeSet<>(provides.providers()));
      }
      try (ModuleReader reader = module.reference().open();
          Stream<String> names = reader.list()) {
        for (String name : names.filter(name -> name.startsWith(SERVICES) && !name.endsWith("/")).toList()) {
          listed.put(module.name() + " " + name.substring(SERVICES.length()), providers(reader, name));
        }
      }
    }

    assertEquals(declared, listed);
    assertTrue(declared.size() >= 6, declared.toString());
  }

  private static Set<String> providers(ModuleReader reader, String name) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(reader.open(name).orElseThrow(), StandardCharsets.UTF_8))) {
      return new TreeSet<>(
          lines.lines().map(line -> line.replaceFirst("#.*", "").strip()).filter(line -> !line.isEmpty()).toList());
    }
  }

  @Test
  void exports_ofTheProject_areNeverQualified() {
    for (ResolvedModule module : ours()) {
      ModuleDescriptor descriptor = module.reference().descriptor();
      assertTrue(descriptor.exports().stream().noneMatch(ModuleDescriptor.Exports::isQualified), module.name());
      boolean mayOpen = Set.of("org.docs4j.cli", "org.docs4j.tck").contains(module.name());
      assertTrue(mayOpen || descriptor.opens().isEmpty(), module.name());
    }
  }
}
