package org.docs4j.api.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Predicate;
import org.docs4j.api.Docs;
import org.docs4j.api.ProviderException;
import org.junit.jupiter.api.Test;

class ProvidersTest {
  private static final Predicate<Provider> IN_FOLDER = Provider::persistent;

  record Fake(String name, boolean persistent) implements Provider {}

  record Twin(String name, boolean persistent) implements Provider {}

  private static final Fake LMDB = new Fake("lmdb", true);
  private static final Fake ROCKSDB = new Fake("rocksdb", true);
  private static final Fake MEMORY = new Fake("memory", false);

  @Test
  void select_named_isThatOneEvenBesideThePreferred() {
    assertEquals(
        ROCKSDB,
        Providers.select(List.of(LMDB, ROCKSDB), "store", Optional.of("rocksdb"), Optional.of("lmdb"), ProvidersTest::any));
  }

  @Test
  void select_namedThatIsMissing_listsAll() {
    assertMessage(
        "there is no store named xodus; there are: lmdb, memory",
        List.of(MEMORY, LMDB),
        Optional.of("xodus"),
        Optional.of("lmdb"),
        IN_FOLDER);
    assertMessage(
        "there is no store named xodus; there are: none", List.of(), Optional.of("xodus"), Optional.empty(), ProvidersTest::any);
  }

  @Test
  void select_namedThatDoesNotFit_saysWhatDoes() {
    assertMessage(
        "store memory keeps nothing in a folder; these fit: lmdb, rocksdb",
        List.of(MEMORY, ROCKSDB, LMDB),
        Optional.of("memory"),
        Optional.of("lmdb"),
        IN_FOLDER);
    assertMessage(
        "store lmdb needs a folder; these fit: memory",
        List.of(MEMORY, LMDB),
        Optional.of("lmdb"),
        Optional.of("memory"),
        IN_FOLDER.negate());
    assertMessage(
        "store memory keeps nothing in a folder; these fit: none",
        List.of(MEMORY),
        Optional.of("memory"),
        Optional.empty(),
        IN_FOLDER);
  }

  @Test
  void select_noneNamed_isThePreferredOfSeveral() {
    assertEquals(
        LMDB,
        Providers.select(
            List.of(ROCKSDB, MEMORY, LMDB), "store", Optional.empty(), Optional.of("lmdb"), IN_FOLDER));
  }

  @Test
  void select_preferredThatDoesNotFit_isNotTaken() {
    assertEquals(
        ROCKSDB,
        Providers.select(List.of(ROCKSDB, MEMORY), "store", Optional.empty(), Optional.of("memory"), IN_FOLDER));
  }

  @Test
  void select_noneNamedNorPreferredPresent_isTheOnlyOneThatFits() {
    assertEquals(
        ROCKSDB,
        Providers.select(List.of(ROCKSDB, MEMORY), "store", Optional.empty(), Optional.of("lmdb"), IN_FOLDER));
    assertEquals(
        MEMORY, Providers.select(List.of(MEMORY), "gossip", Optional.empty(), Optional.empty(), ProvidersTest::any));
  }

  @Test
  void select_severalAndNoneNamed_listsThoseThatFit() {
    assertMessage(
        "several kinds of store are installed, name one of: rocksdb, xodus",
        List.of(new Fake("xodus", true), ROCKSDB, MEMORY),
        Optional.empty(),
        Optional.of("lmdb"),
        IN_FOLDER);
  }

  @Test
  void select_noneThatFits_listsAll() {
    assertMessage(
        "no store that fits is installed; there are: memory",
        List.of(MEMORY),
        Optional.empty(),
        Optional.of("lmdb"),
        IN_FOLDER);
    assertMessage(
        "no store that fits is installed; there are: none", List.of(), Optional.empty(), Optional.empty(), ProvidersTest::any);
  }

  @Test
  void select_theSameProviderTwice_isOne() {
    assertEquals(
        LMDB,
        Providers.select(
            List.of(LMDB, new Fake("lmdb", true)), "store", Optional.empty(), Optional.empty(), ProvidersTest::any));
  }

  @Test
  void select_twoProvidersOfOneName_isRefused() {
    ProviderException e =
        assertThrows(
            ProviderException.class,
            () ->
                Providers.select(
                    List.of(LMDB, new Twin("lmdb", true)), "store", Optional.of("lmdb"), Optional.empty(), ProvidersTest::any));
    assertTrue(e.getMessage().startsWith("two kinds of store have the name lmdb: "), e.getMessage());
    assertTrue(e.getMessage().contains("Fake") && e.getMessage().contains("Twin"), e.getMessage());
  }

  @Test
  void select_providerThatCannotBeMade_isRefused() {
    Iterable<Provider> broken =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Provider next() {
                throw new ServiceConfigurationError("it has no constructor");
              }
            };
    ProviderException e =
        assertThrows(
            ProviderException.class,
            () -> Providers.select(broken, "store", Optional.empty(), Optional.empty(), ProvidersTest::any));
    assertEquals("a store is installed wrongly: it has no constructor", e.getMessage());
    assertTrue(e.getCause() instanceof ServiceConfigurationError);
  }

  @Test
  void services_withoutAnyModule_areReportedAsMissing() {
    assertEquals(
        "no store that fits is installed; there are: none",
        assertThrows(ProviderException.class, () -> Providers.store(Optional.empty(), true)).getMessage());
    assertEquals(
        "there is no blob store named file; there are: none",
        assertThrows(ProviderException.class, () -> Providers.blobs(Optional.of("file"), true)).getMessage());
    assertThrows(ProviderException.class, () -> Providers.transport(Optional.empty()));
    assertThrows(ProviderException.class, () -> Providers.gossip(Optional.empty()));
    assertEquals(
        "no engine that fits is installed; there are: none",
        assertThrows(ProviderException.class, () -> Docs.memory().open()).getMessage());
  }

  private static boolean any(Provider provider) {
    return provider.name().length() > 0;
  }

  private static void assertMessage(
      String message, List<Fake> installed, Optional<String> named, Optional<String> preferred, Predicate<Provider> fits) {
    ProviderException e =
        assertThrows(
            ProviderException.class,
            () -> Providers.select(installed, "store", named, preferred, fake -> fits.test(fake)));
    assertEquals(message, e.getMessage());
  }
}
