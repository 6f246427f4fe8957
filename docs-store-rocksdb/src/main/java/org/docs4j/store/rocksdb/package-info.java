/** The store on RocksDB: a log and sorted files that are merged in the background. */
package org.docs4j.store.rocksdb;
