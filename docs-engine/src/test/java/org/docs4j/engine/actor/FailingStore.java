package org.docs4j.engine.actor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.engine.DocsEngine;
import org.docs4j.engine.memory.MemoryStoreProvider;
import org.docs4j.engine.replica.KeyValueReplicaStore;
import org.docs4j.engine.replica.ReplicaReader;
import org.docs4j.engine.replica.ReplicaStore;
import org.docs4j.engine.replica.ReplicaWriter;

/** A replica store that fails when it is told to, and counts its commits. */
final class FailingStore implements ReplicaStore {
  private final ReplicaStore store;
  private String failing = "";
  private Throwable failure = new StoreException("the disk is gone");
  private int before;
  private Map<String, Throwable> others = Map.of();
  int commits;
  boolean closed;

  FailingStore(ReplicaStore store) {
    this.store = store;
  }

  /** A new one in memory. */
  static FailingStore inMemory() {
    return new FailingStore(
        KeyValueReplicaStore.open(
            new MemoryStoreProvider().open(new StoreConfig(Optional.empty(), DocsEngine.tables(), Map.of()))));
  }

  /** From now on the method of this name fails; the empty name lets all work. */
  void fail(String method) {
    failWith(method, method.equals("put") ? new OutOfMemoryError("test") : new StoreException("the disk is gone"));
  }

  /** The same, once it was called so many times. */
  void failAfter(String method, int times) {
    fail(method);
    before = times;
  }

  /** From now on the method of this name fails in this way. */
  void failWith(String method, Throwable cause) {
    failing = method;
    failure = cause;
    before = 0;
    others = Map.of();
  }

  /** What fails beside that from now on: methods of writers, and {@code read}. */
  void failToo(Map<String, Throwable> methods) {
    others = methods;
  }

  @Override
  public ReplicaReader read() {
    if (others.get("read") instanceof RuntimeException cause) {
      throw cause;
    }
    return store.read();
  }

  @Override
  public ReplicaWriter write() {
    ReplicaWriter writer = store.write();
    return (ReplicaWriter)
        Proxy.newProxyInstance(
            FailingStore.class.getClassLoader(),
            new Class<?>[] {ReplicaWriter.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(failing) && before-- <= 0) {
                writer.close();
                throw failure;
              }
              if (others.containsKey(method.getName())) {
                writer.close();
                throw others.get(method.getName());
              }
              commits += method.getName().equals("commit") ? 1 : 0;
              try {
                Object result = method.invoke(writer, arguments);
                return method.getName().equals("putUnsigned") ? breakable(writer, (Optional<?>) result) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Optional<ReplicaWriter.Unsigned> breakable(ReplicaWriter writer, Optional<?> put) {
    return put.map(
        place ->
            signature -> {
              if (failing.equals("sign")) {
                writer.close();
                throw new StoreException("the disk is gone");
              }
              ((ReplicaWriter.Unsigned) place).sign(signature);
            });
  }

  @Override
  public void sync() {
    store.sync();
  }

  @Override
  public void close() {
    closed = true;
    store.close();
  }
}
