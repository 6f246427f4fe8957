package org.docs4j.cli.node;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hears when the user wants the process to end: Ctrl-C, SIGTERM, or the terminal going away.
 *
 * <p>The JVM's own answer to them ends the process in the middle of its work with exit codes of its own; here the work is
 * asked to end, and the process ends when it has.
 */
public final class Signals {
  private static final System.Logger LOG = System.getLogger(Signals.class.getName());
  private static final int INTERRUPTED = 130;

  private Signals() {}

  /** Runs the task at the first such signal; a second one ends the process at once. */
  public static void onEnd(Runnable task) {
    AtomicBoolean ending = new AtomicBoolean();
    Runnable handler =
        () -> {
          if (ending.getAndSet(true)) {
            Runtime.getRuntime().halt(INTERRUPTED);
          }
          task.run();
        };
    List.of("INT", "TERM", "HUP").forEach(name -> handle(name, handler));
  }

  /** By reflection, because the compiler warns of any use of this class and cannot be told not to. */
  private static void handle(String name, Runnable handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlers},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  handler.run();
                }
                return switch (method.getName()) {
                  case "equals" -> arguments[0] == self;
                  case "hashCode" -> System.identityHashCode(self);
                  case "toString" -> name;
                  default -> void.class.cast(null);
                };
              });
      signal.getMethod("handle", signal, handlers).invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (InvocationTargetException e) {
      LOG.log(System.Logger.Level.DEBUG, "this platform has no signal " + name, e);
    } catch (ReflectiveOperationException e) {
      LOG.log(System.Logger.Level.WARNING, "signals cannot be handled here", e);
    }
  }
}
