package org.docs4j.engine.actor;

/** On whose behalf an action runs: who hears of it if it fails because changes before it were lost. */
enum Asker {
  /** The application, which waits for the answer, and is told of every loss. */
  APPLICATION,

  /** A session with a peer, which must not end well without what it had brought; the application is told besides. */
  SESSION,

  /** The node itself, which goes on with what is left: nobody would hear of the failure. */
  NODE
}
