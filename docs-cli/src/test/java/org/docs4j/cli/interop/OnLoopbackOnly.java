package org.docs4j.cli.interop;

import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets tests with real nodes run only where there is no network but loopback. */
final class OnLoopbackOnly implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<String> others = NetworkInterfaces.others();
    return others.isEmpty()
        ? ConditionEvaluationResult.enabled("only loopback here")
        : ConditionEvaluationResult.disabled(
            "no network namespace could be made (see src/interop/bin/java), and real nodes are not run in the open: there is " + others);
  }

  /** The networks of this process. */
  private static final class NetworkInterfaces {
    static List<String> others() {
      try {
        return NetworkInterface.networkInterfaces().filter(NetworkInterfaces::isOther).map(NetworkInterface::getName).toList();
      } catch (SocketException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static boolean isOther(NetworkInterface network) {
      try {
        return !network.isLoopback();
      } catch (SocketException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
