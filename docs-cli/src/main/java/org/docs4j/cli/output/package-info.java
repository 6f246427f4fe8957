/** What the command prints: each message once as a sentence and once as JSON, and how far long work has come. */
package org.docs4j.cli.output;
