/** What an application holds: {@link org.docs4j.api.Docs}, {@link org.docs4j.api.Doc}, queries, events and the exception tree. */
package org.docs4j.api;
