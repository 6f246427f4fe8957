package org.docs4j.api.spi.blobs;

import org.docs4j.api.model.Hash;

/**
 * A complete blob.
 *
 * @param hash its hash
 * @param size its length in bytes
 */
public record BlobInfo(Hash hash, long size) {}
