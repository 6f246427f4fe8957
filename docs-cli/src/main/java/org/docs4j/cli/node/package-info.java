/** The data folder, the settings that it remembers, and the node that is opened on it. */
package org.docs4j.cli.node;
