package org.docs4j.gossip.wire;

import java.util.ArrayList;
import java.util.List;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.gossip.GossipEvent.Scope;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.gossip.proto.BroadcastMessage;
import org.docs4j.gossip.proto.BroadcastMessage.Announcement;
import org.docs4j.gossip.proto.BroadcastMessage.Gossip;
import org.docs4j.gossip.proto.BroadcastMessage.Graft;
import org.docs4j.gossip.proto.BroadcastMessage.GraftLink;
import org.docs4j.gossip.proto.BroadcastMessage.IHave;
import org.docs4j.gossip.proto.BroadcastMessage.Prune;
import org.docs4j.gossip.proto.MembershipMessage;
import org.docs4j.gossip.proto.MembershipMessage.Disconnect;
import org.docs4j.gossip.proto.MembershipMessage.ForwardJoin;
import org.docs4j.gossip.proto.MembershipMessage.Join;
import org.docs4j.gossip.proto.MembershipMessage.Neighbor;
import org.docs4j.gossip.proto.MembershipMessage.Priority;
import org.docs4j.gossip.proto.MembershipMessage.Shuffle;
import org.docs4j.gossip.proto.MembershipMessage.ShuffleReply;
import org.docs4j.gossip.proto.Message;
import org.docs4j.gossip.proto.MessageId;
import org.docs4j.gossip.proto.PeerData;
import org.docs4j.gossip.proto.PeerInfo;

/** Writes and reads messages, without their frame; the same bytes in all versions of the protocol (WIRE 5.2). */
public final class MessageCodec {
  private static final int MIN_NODE_BYTES = 33;
  private static final int MIN_ANNOUNCEMENT_BYTES = 33;

  private MessageCodec() {}

  /** Adds a message. */
  public static void write(PostcardWriter out, Message message) {
    if (message instanceof MembershipMessage membership) {
      writeMembership(out.variant(0), membership);
    } else if (message instanceof BroadcastMessage broadcast) {
      writeBroadcast(out.variant(1), broadcast);
    }
  }

  /**
   * Takes the message that the bytes hold, all of them.
   *
   * @throws org.docs4j.api.MalformedMessageException if they do not hold exactly one message
   */
  public static Message read(PostcardReader in) {
    Message message = in.variant(2, "gossip message") == 0 ? readMembership(in) : readBroadcast(in);
    in.expectEnd();
    return message;
  }

  private static void writeMembership(PostcardWriter out, MembershipMessage message) {
    if (message instanceof Join join) {
      writeData(out.variant(0), join.data());
    } else if (message instanceof ForwardJoin forward) {
      writeInfo(out.variant(1), forward.peer());
      out.u16(forward.ttl());
    } else if (message instanceof Shuffle shuffle) {
      writeInfos(out.variant(2).bytes32(shuffle.origin().bytes()), shuffle.nodes());
      out.u16(shuffle.ttl());
    } else if (message instanceof ShuffleReply reply) {
      writeInfos(out.variant(3), reply.nodes());
    } else if (message instanceof Neighbor neighbor) {
      writeData(out.variant(4).variant(neighbor.priority() == Priority.HIGH ? 0 : 1), neighbor.data());
    } else if (message instanceof Disconnect disconnect) {
      out.variant(5).bool(disconnect.alive()).bool(disconnect.respond());
    }
  }

  private static MembershipMessage readMembership(PostcardReader in) {
    return switch (in.variant(6, "membership message")) {
      case 0 -> new Join(readData(in));
      case 1 -> new ForwardJoin(readInfo(in), in.u16());
      case 2 -> new Shuffle(new EndpointId(in.bytes32()), readInfos(in), in.u16());
      case 3 -> new ShuffleReply(readInfos(in));
      case 4 -> new Neighbor(in.variant(2, "priority") == 0 ? Priority.HIGH : Priority.LOW, readData(in));
      default -> new Disconnect(in.bool(), in.bool());
    };
  }

  private static void writeBroadcast(PostcardWriter out, BroadcastMessage message) {
    if (message instanceof Gossip gossip) {
      out.variant(0).bytes32(gossip.id().bytes()).byteString(gossip.content());
      if (gossip.scope() instanceof Scope.Swarm swarm) {
        out.variant(0).u16(swarm.round());
      } else {
        out.variant(1);
      }
    } else if (message instanceof Prune) {
      out.variant(1);
    } else if (message instanceof Graft graft) {
      out.variant(2).option(true).bytes32(graft.id().bytes()).u16(graft.round());
    } else if (message instanceof GraftLink graft) {
      out.variant(2).option(false).u16(graft.round());
    } else if (message instanceof IHave ihave) {
      out.variant(3).count(ihave.announcements().size());
      for (Announcement announcement : ihave.announcements()) {
        out.bytes32(announcement.id().bytes()).u16(announcement.round());
      }
    }
  }

  private static BroadcastMessage readBroadcast(PostcardReader in) {
    return switch (in.variant(4, "broadcast message")) {
      case 0 -> readGossip(in);
      case 1 -> new Prune();
      case 2 -> in.option() ? new Graft(new MessageId(in.bytes32()), in.u16()) : new GraftLink(in.u16());
      default -> readIHave(in);
    };
  }

  private static Gossip readGossip(PostcardReader in) {
    MessageId id = new MessageId(in.bytes32());
    Bytes content = in.bytes(in.remaining());
    Scope scope = in.variant(2, "scope") == 0 ? new Scope.Swarm(in.u16()) : new Scope.Neighbors();
    return new Gossip(id, content, scope);
  }

  private static IHave readIHave(PostcardReader in) {
    int count = in.count(in.remaining(), MIN_ANNOUNCEMENT_BYTES);
    List<Announcement> announcements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      announcements.add(new Announcement(new MessageId(in.bytes32()), in.u16()));
    }
    return new IHave(announcements);
  }

  private static void writeInfos(PostcardWriter out, List<PeerInfo> nodes) {
    out.count(nodes.size());
    nodes.forEach(node -> writeInfo(out, node));
  }

  private static List<PeerInfo> readInfos(PostcardReader in) {
    int count = in.count(in.remaining(), MIN_NODE_BYTES);
    List<PeerInfo> nodes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      nodes.add(readInfo(in));
    }
    return nodes;
  }

  private static void writeInfo(PostcardWriter out, PeerInfo info) {
    writeData(out.bytes32(info.id().bytes()), info.data());
  }

  private static PeerInfo readInfo(PostcardReader in) {
    return new PeerInfo(new EndpointId(in.bytes32()), readData(in));
  }

  private static void writeData(PostcardWriter out, PeerData data) {
    if (data instanceof PeerData.Present present) {
      out.option(true).byteString(present.bytes());
    } else {
      out.option(false);
    }
  }

  private static PeerData readData(PostcardReader in) {
    return in.option() ? PeerData.of(in.bytes(in.remaining())) : PeerData.absent();
  }
}
