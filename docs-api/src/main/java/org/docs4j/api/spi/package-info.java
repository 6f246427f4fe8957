/** What plug-ins implement, what they are given, and how they are found. */
package org.docs4j.api.spi;
