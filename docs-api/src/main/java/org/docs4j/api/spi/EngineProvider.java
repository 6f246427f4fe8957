package org.docs4j.api.spi;

import org.docs4j.api.Docs;
import org.docs4j.api.DocsConfig;

/** Opens nodes for {@link Docs#memory} and {@link Docs#persistent}; found with {@link java.util.ServiceLoader}. */
public interface EngineProvider extends Provider {
  /** Opens a node; throws as {@link org.docs4j.api.DocsBuilder#open}. */
  Docs open(DocsConfig config);
}
