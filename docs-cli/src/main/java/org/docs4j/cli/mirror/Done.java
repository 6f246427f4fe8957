package org.docs4j.cli.mirror;

/** Hears how actions end, and what happened to files; called from any thread. */
interface Done {
  /** An action ended. */
  void done(String path, Outcome outcome);

  /** Something worth telling was done. */
  void tell(Deed deed);
}
