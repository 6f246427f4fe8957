package org.docs4j.transport.quic.rawkey;

import io.netty.handler.codec.quic.QuicSslContext;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import javax.net.ssl.SSLEngine;

/** Reads what Netty's TLS context keeps to itself. */
final class NettyInternals {
  private final Field nativeContext;
  private final Method address;
  private final Field engines;
  private final Method engine;

  NettyInternals() throws UnavailableException {
    try {
      ClassLoader loader = QuicSslContext.class.getClassLoader();
      String prefix = QuicSslContext.class.getPackageName() + ".QuicheQuicSsl";
      Class<?> context = Class.forName(prefix + "Context", false, loader);
      Class<?> map = Class.forName(prefix + "EngineMap", false, loader);
      nativeContext = open(context.getDeclaredField("nativeSslContext"));
      address = open(nativeContext.getType().getDeclaredMethod("address"));
      engines = open(context.getDeclaredField("engineMap"));
      engine = open(map.getDeclaredMethod("get", long.class));
    } catch (ReflectiveOperationException e) {
      throw new UnavailableException("this release of Netty is not known: it has no " + e.getMessage(), e);
    } catch (InaccessibleObjectException e) {
      throw new UnavailableException("the JVM must be started with " + option(NettyInternals.class.getModule()), e);
    }
  }

  /** The option of the JVM that lets code of a module in. */
  static String option(Module to) {
    return "--add-opens=" + QuicSslContext.class.getModule().getName() + "/" + QuicSslContext.class.getPackageName()
        + "=" + (to.isNamed() ? to.getName() : "ALL-UNNAMED");
  }

  private static <T extends AccessibleObject> T open(T member) {
    member.setAccessible(true);
    return member;
  }

  /** The address of the native context, which is alive as long as the context is reachable. */
  long address(QuicSslContext context) {
    try {
      return (long) address.invoke(nativeContext.get(context));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What finds the engine of a native connection of a context; does not keep the context alive. */
  Engines engines(QuicSslContext context) {
    try {
      Object map = engines.get(context);
      return ssl -> (SSLEngine) engine.invoke(map, ssl);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Finds the engine of a native connection; null if there is none. */
  interface Engines {
    SSLEngine of(long ssl) throws ReflectiveOperationException;
  }
}
