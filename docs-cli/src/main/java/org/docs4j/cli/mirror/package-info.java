/**
 * A folder kept equal to a document: a pure core that decides what is to be done about each path, and a driver that
 * watches the folder and the document, reads and writes.
 */
package org.docs4j.cli.mirror;
