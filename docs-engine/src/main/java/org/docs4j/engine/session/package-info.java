/** Sync sessions between two peers over one stream of one connection (WIRE 4.1, 4.7, 4.8). */
package org.docs4j.engine.session;
