/** The immutable values of documents: ids, secrets, entries, capabilities, heads and addresses. */
package org.docs4j.api.model;
