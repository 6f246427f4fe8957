package org.docs4j.transport.quic.rawkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Makes the table of {@link NativeOffsets} from the jars with Netty's native QUIC library; the README of the module
 * says how it is called after Netty was updated.
 */
final class NativeOffsetsTool {
  private static final Pattern LIBRARY =
      Pattern.compile("META-INF/native/libnetty_quiche42_(linux|osx)_(x86_64|aarch_64)\\.(so|jnilib)");

  private NativeOffsetsTool() {}

  /** Writes the table to the first argument from the jars that are the others. */
  public static void main(String[] arguments) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      jars.add(Path.of(arguments[i]));
    }
    Files.writeString(Path.of(arguments[0]), table(jars), US_ASCII);
  }

  /** The jars in which this process finds the library, of each platform that is supported. */
  static List<Path> jars() throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String name : List.of("linux_x86_64.so", "linux_aarch_64.so", "osx_x86_64.jnilib", "osx_aarch_64.jnilib")) {
      String resource = "META-INF/native/libnetty_quiche42_" + name;
      URL url = NativeOffsetsTool.class.getClassLoader().getResource(resource);
      if (url == null) {
        throw new IOException("there is no " + resource);
      }
      String text = url.toString();
      jars.add(Path.of(URI.create(text.substring("jar:".length(), text.indexOf("!/")))));
    }
    return jars;
  }

  static String table(List<Path> jars) throws IOException {
    StringBuilder table = new StringBuilder();
    for (Path jar : jars) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
          Matcher matcher = LIBRARY.matcher(entry.getName());
          if (matcher.matches()) {
            table.append("# ").append(jar.getFileName()).append('\n');
            append(table, zip.getInputStream(entry).readAllBytes());
          }
        }
      }
    }
    return table.toString();
  }

  private static void append(StringBuilder table, byte[] library) throws IOException {
    Map<String, Long> symbols = SymbolTable.read(library);
    String sha256 = LoadedLibrary.sha256(library);
    long origin = address(symbols, BoringSslFunction.ORIGIN);
    for (BoringSslFunction function : BoringSslFunction.values()) {
      long offset = address(symbols, function.symbol()) - origin;
      table.append(sha256).append('.').append(function.symbol()).append('=').append(offset).append('\n');
    }
  }

  private static long address(Map<String, Long> symbols, String name) throws IOException {
    Long address = symbols.get(name);
    if (address == null) {
      throw new IOException("the library has no function " + name);
    }
    return address;
  }
}
