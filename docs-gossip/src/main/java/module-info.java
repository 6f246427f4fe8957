import org.docs4j.api.spi.gossip.GossipProvider;
import org.docs4j.gossip.PlumTreeGossipProvider;
import org.jspecify.annotations.NullMarked;

/** Topic broadcast with HyParView and PlumTree. */
@NullMarked
module org.docs4j.gossip {
  requires transitive org.docs4j.api;

  exports org.docs4j.gossip;
  exports org.docs4j.gossip.proto;

  provides GossipProvider with PlumTreeGossipProvider;
}
