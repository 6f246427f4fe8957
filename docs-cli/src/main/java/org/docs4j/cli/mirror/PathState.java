package org.docs4j.cli.mirror;

import org.docs4j.api.model.Hash;

/** What the core knows of one path. */
final class PathState {
  Agreed agreed = Agreed.NOTHING;
  Stamp disk = Stamp.NONE;
  Version remote = Version.NONE;

  /** The content that is waited for; the empty one for none. */
  Hash wanted = Hash.EMPTY;

  /** An action is under way. */
  boolean busy;

  /** Content came while an action was under way that may have missed it. */
  boolean again;

  boolean isNothing() {
    return agreed.equals(Agreed.NOTHING) && disk.equals(Stamp.NONE) && remote.equals(Version.NONE);
  }

  void seeRemote(Version version) {
    if (version.compareTo(remote) > 0) {
      remote = version;
    }
  }
}
