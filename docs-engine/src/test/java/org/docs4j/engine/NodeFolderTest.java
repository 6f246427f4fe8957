package org.docs4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.docs4j.api.DocsConfig;
import org.docs4j.api.ProviderException;
import org.docs4j.api.SyncAccess;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.model.EndpointSecret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFolderTest {
  @TempDir Path temp;

  private NodeFolder folder() {
    return new NodeFolder(temp.resolve("node"));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void whatIsMade_belongsToItsOwnerOnly() throws IOException {
    NodeFolder folder = folder();
    assertFalse(Files.exists(temp.resolve("node")), "nothing is made before it is needed");
    assertEquals("rwx------", permissions(folder.store()));
    assertEquals("rwx------", permissions(folder.blobs()));
    folder.endpointSecret(new Random(1));
    folder.rememberStore("lmdb");
    assertEquals("rwx------", permissions(temp.resolve("node")));
    assertEquals("rw-------", permissions(temp.resolve("node/endpoint-key")));
    assertEquals("rw-------", permissions(temp.resolve("node/node.properties")));
    try (var files = Files.list(temp.resolve("node"))) {
      assertEquals(4, files.count(), "no file is left beside the real ones");
    }
  }

  @Test
  void endpointSecret_isMadeOnceAndKept() {
    folder().store();
    EndpointSecret first = folder().endpointSecret(new Random(1));
    EndpointSecret second = folder().endpointSecret(new Random(2));
    assertEquals(first.id(), second.id());
  }

  @Test
  void endpointSecret_readableByOthers_isTakenAwayFromThem() throws IOException {
    folder().store();
    EndpointSecret secret = folder().endpointSecret(new Random(1));
    Path file = temp.resolve("node/endpoint-key");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(secret.id(), folder().endpointSecret(new Random(2)).id());
    assertEquals("rw-------", permissions(file));
  }

  @Test
  void endpointSecret_damaged_isRefusedAndLeft() throws IOException {
    folder().store();
    Path file = temp.resolve("node/endpoint-key");
    Files.writeString(file, "0123 not a key");
    assertThrows(StoreCorruptedException.class, () -> folder().endpointSecret(new Random(1)));
    assertEquals("0123 not a key", Files.readString(file));
  }

  @Test
  void secretFile_thatCannotBeWritten_failsWithoutLeftovers() throws IOException {
    Path file = Files.createDirectories(temp.resolve("taken/full")).getParent();
    assertThrows(StoreException.class, () -> SecretFile.write(file, "text"));
    assertTrue(Files.isDirectory(file.resolve("full")));
  }

  @Test
  void names_areRememberedOneByOne_andOthersRefused() {
    folder().store();
    folder().rememberStore("rocksdb");
    assertEquals(Optional.of("rocksdb"), folder().storeName(Optional.empty()));
    assertEquals(Optional.empty(), folder().blobsName(Optional.empty()));
    folder().rememberBlobs("file");
    assertEquals(Optional.of("file"), folder().blobsName(Optional.of("file")));
    assertEquals(Optional.of("rocksdb"), folder().storeName(Optional.of("rocksdb")));
    assertThrows(ProviderException.class, () -> folder().storeName(Optional.of("lmdb")));
    assertThrows(ProviderException.class, () -> folder().blobsName(Optional.of("other")));
  }

  @Test
  void open_withAWrongName_leavesNothingBehind() throws IOException {
    for (String store : Set.of("lmbd", "memory", "lmdb")) {
      // There is no blob store on this test's path, so that even the right name is one too few.
      DocsConfig config =
          new DocsConfig(
              Optional.of(temp.resolve("deep/node")),
              Optional.of(store),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              Map.of(),
              SyncAccess.EVERYONE);
      assertThrows(ProviderException.class, () -> new DocsEngineProvider().open(config));
    }
    try (var files = Files.list(temp)) {
      assertEquals(0, files.count());
    }
  }
}
