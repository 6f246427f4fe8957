/** The store on LMDB: one memory-mapped file, a B+tree that is copied on write. */
package org.docs4j.store.lmdb;
