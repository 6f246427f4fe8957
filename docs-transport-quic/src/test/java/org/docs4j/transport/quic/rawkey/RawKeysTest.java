package org.docs4j.transport.quic.rawkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawKeysTest {
  @Test
  void of_withoutJna_saysSo() throws Exception {
    try (URLClassLoader withoutJna = new URLClassLoader(jars(), null)) {
      Class<?> keys = withoutJna.loadClass(RawKeys.class.getName());
      assertEquals(withoutJna, keys.getClassLoader());
      Method of = keys.getMethod("of", byte[].class, withoutJna.loadClass(RawKeys.Check.class.getName()));
      Throwable why =
          assertThrows(InvocationTargetException.class, () -> of.invoke(null, new byte[32], null)).getCause();
      assertEquals(UnavailableException.class.getName(), why.getClass().getName(), why::toString);
      assertTrue(why.getMessage().contains("JNA is missing"), why::toString);
    }
  }

  @Test
  void check_whereThereIsNothing_saysWhichPlatform() throws Exception {
    Platforms.check("Linux", "amd64");
    Platforms.check("Mac OS X", "aarch64");
    String windows = assertThrows(UnavailableException.class, () -> Platforms.check("Windows 11", "amd64")).getMessage();
    assertTrue(windows.contains("Windows 11") && !windows.contains("/proc"), windows);
    String other = assertThrows(UnavailableException.class, () -> Platforms.check("Linux", "riscv64")).getMessage();
    assertTrue(other.contains("riscv64"), other);
  }

  @Test
  void offsets_ofAnUnknownLibrary_areRefusedWithItsChecksum() {
    LoadedLibrary unknown = new LoadedLibrary("/nowhere", LoadedLibrary.sha256(new byte[] {1, 2, 3}));
    String why = assertThrows(UnavailableException.class, () -> BoringSsl.offsets(unknown)).getMessage();
    assertTrue(why.contains("not one of those that are known") && why.contains(unknown.sha256()), why);
  }

  @Test
  void option_namesWhoeverHasToBeLetIn() {
    String named = NettyInternals.option(Object.class.getModule());
    assertTrue(named.startsWith("--add-opens=") && named.endsWith("/io.netty.handler.codec.quic=java.base"), named);
    Module unnamed = new URLClassLoader(new URL[0], null).getUnnamedModule();
    assertTrue(NettyInternals.option(unnamed).endsWith("=ALL-UNNAMED"));
  }

  private static URL[] jars() throws Exception {
    String paths =
        System.getProperty("java.class.path") + File.pathSeparator + System.getProperty("jdk.module.path", "");
    List<URL> jars = new ArrayList<>();
    for (String path : paths.split(File.pathSeparator, -1)) {
      if (!path.isEmpty() && !path.contains("jna")) {
        jars.add(new File(path).toURI().toURL());
      }
    }
    return jars.toArray(URL[]::new);
  }
}
