package org.docs4j.cli.command;

import org.docs4j.api.AddressInUseException;
import org.docs4j.api.DocsException;
import org.docs4j.api.DocsTimeoutException;
import org.docs4j.api.InvalidEntryException;
import org.docs4j.api.InvalidTicketException;
import org.docs4j.api.ProviderException;
import org.docs4j.api.ReadOnlyReplicaException;
import org.docs4j.api.ReplicaNotFoundException;
import org.docs4j.api.StoreLockedException;
import org.docs4j.api.StoreVersionException;
import org.docs4j.cli.node.BadInputException;

/** What each kind of failure means to a user: an exit code and one sentence. Pure functions. */
final class Failures {
  /** The command did what it should. */
  static final int DONE = 0;

  /** The command failed. */
  static final int FAILED = 1;

  /** The command cannot be carried out as it was typed. */
  static final int BAD_INPUT = 2;

  /** The time that the user allowed ran out. */
  static final int TIMED_OUT = 3;

  private Failures() {}

  /** The exit code for a failure. */
  static int exitCode(Throwable failure) {
    if (failure instanceof DocsTimeoutException) {
      return TIMED_OUT;
    }
    boolean input =
        failure instanceof BadInputException
            || failure instanceof InvalidTicketException
            || failure instanceof AddressInUseException
            || failure instanceof StoreLockedException
            || failure instanceof StoreVersionException
            || failure instanceof ProviderException
            || failure instanceof ReplicaNotFoundException
            || failure instanceof ReadOnlyReplicaException
            || failure instanceof InvalidEntryException;
    return input ? BAD_INPUT : FAILED;
  }

  /** The failure in one sentence. */
  static String sentence(Throwable failure) {
    String message = failure.getMessage();
    if (failure instanceof DocsException && message != null) {
      return message;
    }
    return "this should not have happened: " + failure + " (--debug shows more)";
  }
}
