package org.docs4j.engine.actor;

import java.util.BitSet;
import java.util.List;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;

/** Looks up which entries a document holds just as they are; a first message of a peer may bring thousands. */
final class LookingUp implements Work<BitSet> {
  private final ActorContext context;
  private final NamespaceId namespace;
  private final List<SignedEntry> entries;
  private final BitSet held = new BitSet();
  private int place;

  LookingUp(ActorContext context, NamespaceId namespace, List<SignedEntry> entries) {
    this.context = context;
    this.namespace = namespace;
    this.entries = entries;
  }

  @Override
  public boolean advance(Slice slice) {
    while (place < entries.size()) {
      SignedEntry entry = entries.get(place);
      boolean ours = entry.id().namespace().equals(namespace);
      held.set(place++, ours && context.reader().get(entry.id()).filter(entry::equals).isPresent());
      if (slice.getAsBoolean()) {
        break;
      }
    }
    return place == entries.size();
  }

  @Override
  public BitSet result() {
    return held;
  }
}
