/** The demonstration: two node processes that mirror a folder, through edits, deletions and a kill. */
package org.docs4j.cli.demo;
