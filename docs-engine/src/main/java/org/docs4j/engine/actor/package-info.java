/**
 * The sync actor: the one thread that reads and writes replicas, and the handle through which everyone else asks it.
 */
package org.docs4j.engine.actor;
