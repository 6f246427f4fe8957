package org.docs4j.engine.index;

/**
 * A step on the way from the root to a bucket.
 *
 * @param node the node
 * @param at through which of its slots the way goes
 */
record Step(Node node, int at) {
  Slot slot() {
    return node.slots.get(at);
  }
}
