/** The commands that a person types, and what their failures look like. */
package org.docs4j.cli.command;
