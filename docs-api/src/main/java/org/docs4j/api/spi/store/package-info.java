/**
 * The store seam: an ordered, transactional key-value store on which docs-engine builds everything that documents need.
 *
 * <p>The rules {@code store1xx} stand beside the methods; docs-tck proves each of them.
 */
package org.docs4j.api.spi.store;
