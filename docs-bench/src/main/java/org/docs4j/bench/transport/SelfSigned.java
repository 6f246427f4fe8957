package org.docs4j.bench.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import org.docs4j.bench.BenchException;

/**
 * A certificate that vouches for itself, made by the JDK's keytool.
 *
 * @param keyManagers shows the certificate
 * @param password of the key
 */
record SelfSigned(KeyManagerFactory keyManagers, String password) {
  static SelfSigned create() throws Exception {
    String password = "benchmark";
    Path folder = Files.createTempDirectory("docs4j-bench");
    Path file = folder.resolve("keys.p12");
    try {
      make(file, password);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        keys.load(in, password.toCharArray());
      }
      KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password.toCharArray());
      return new SelfSigned(managers, password);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static void make(Path file, String password) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair", "-alias", "bench", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=bench",
            "-validity", "10", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", password);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new BenchException("keytool failed: " + said);
    }
  }
}
