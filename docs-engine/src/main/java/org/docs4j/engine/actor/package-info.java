/**
 * The sync actor: the one thread that reads and writes replicas, and the handle through which everyone else asks it
 * (DESIGN 6).
 */
package org.docs4j.engine.actor;
