package org.docs4j.transport.quic.rawkey;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import io.netty.handler.codec.quic.QuicSslContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The native QUIC library that Netty has loaded into this process.
 *
 * @param path under which the dynamic linker knows it; the file may be deleted already
 * @param sha256 of its bytes, in hexadecimal digits
 */
record LoadedLibrary(String path, String sha256) {
  // Netty unpacks its library from the jar to a file of this name with digits before the suffix.
  private static final Pattern FILE =
      Pattern.compile("(libnetty_quiche42_(?:linux|osx)_(?:x86_64|aarch_64))[0-9]*(\\.so|\\.jnilib)");
  private static final Path LINUX_MAPS = Path.of("/proc/self/maps");
  private static final String DELETED = " (deleted)";

  /** Looks for it among the libraries of the process. */
  static LoadedLibrary find() throws UnavailableException {
    try {
      Set<String> found = Platform.isMac() ? onMac() : onLinux();
      if (found.size() != 1) {
        throw new UnavailableException(
            found.isEmpty()
                ? "the native QUIC library of Netty is not found among the libraries of this process"
                : "the native QUIC library of Netty is loaded more than once in this process");
      }
      String path = found.iterator().next();
      return new LoadedLibrary(path, sha256(path));
    } catch (IOException e) {
      throw new UnavailableException("the native QUIC library of Netty cannot be identified: " + e.getMessage(), e);
    }
  }

  private static Set<String> onLinux() throws IOException, UnavailableException {
    if (!Files.isReadable(LINUX_MAPS)) {
      throw new UnavailableException("this system does not tell which libraries are loaded (no " + LINUX_MAPS + ")");
    }
    Set<String> found = new TreeSet<>();
    for (String line : Files.readAllLines(LINUX_MAPS)) {
      int path = line.indexOf('/');
      if (path >= 0) {
        add(found, line.substring(path).replace(DELETED, ""));
      }
    }
    return found;
  }

  private static Set<String> onMac() {
    NativeLibrary process = NativeLibrary.getProcess();
    Set<String> found = new TreeSet<>();
    int images = process.getFunction("_dyld_image_count").invokeInt(new Object[0]);
    for (int i = 0; i < images; i++) {
      add(found, process.getFunction("_dyld_get_image_name").invokeString(new Object[] {i}, false));
    }
    return found;
  }

  private static void add(Set<String> found, String path) {
    if (file(path).isPresent()) {
      found.add(path);
    }
  }

  private static Optional<Matcher> file(String path) {
    return Optional.of(FILE.matcher(path.substring(path.lastIndexOf('/') + 1))).filter(Matcher::matches);
  }

  /** Of the file, or, where Netty has deleted it, of the resource that it was unpacked from. */
  private static String sha256(String path) throws IOException {
    Path file = Path.of(path);
    if (Files.exists(file)) {
      return sha256(Files.readAllBytes(file));
    }
    Matcher name = file(path).orElseThrow();
    String resource = "META-INF/native/" + name.group(1) + name.group(2);
    try (InputStream in = QuicSslContext.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("there is no resource " + resource);
      }
      return sha256(in.readAllBytes());
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
