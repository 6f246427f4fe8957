package org.docs4j.api;

import org.docs4j.api.model.Capability;
import org.docs4j.api.model.NamespaceId;

/**
 * A document that a node keeps.
 *
 * @param id the document
 * @param access what the node may do with it
 */
public record DocInfo(NamespaceId id, Capability.Kind access) {}
