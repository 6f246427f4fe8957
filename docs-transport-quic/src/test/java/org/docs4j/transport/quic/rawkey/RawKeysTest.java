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
