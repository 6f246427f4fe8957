import org.jspecify.annotations.NullMarked;

/** Topic broadcast with HyParView and PlumTree. */
@NullMarked
module org.docs4j.gossip {
  requires transitive org.docs4j.api;

  exports org.docs4j.gossip.proto;
}
