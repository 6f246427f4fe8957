/** A document that is live in the foreground: its events, the lines that a person types, and when it ends. */
package org.docs4j.cli.live;
