/** The stores compared: every back end, bare and with all indexes; {@link org.docs4j.bench.stores.StoreTable} runs it. */
@NullMarked
package org.docs4j.bench.stores;

import org.jspecify.annotations.NullMarked;
