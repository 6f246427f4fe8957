package org.docs4j.engine.actor;

import java.util.function.Consumer;
import org.docs4j.api.ReadOnlyReplicaException;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;

/** An action on a replica as such: who has it open, whether it is synced, what this node may do with it. */
sealed interface HandleAction<R> extends ReplicaAction<R> {
  /** Opens the replica once more. */
  record Open(NamespaceId namespace, OpenOptions options) implements HandleAction<ReplicaHandle> {
    @Override
    public Work<ReplicaHandle> begin(ActorContext context) {
      context.capability(namespace);
      if (options.sync()) {
        context.writer().putSyncing(namespace, true);
      }
      return Work.done(context.replicas().open(namespace, options));
    }
  }

  /** Gives a handle up; answers whether it was the last one. */
  record Close(NamespaceId namespace, ReplicaHandle handle) implements HandleAction<Boolean> {
    @Override
    public Work<Boolean> begin(ActorContext context) {
      return Work.done(context.replicas().close(handle));
    }
  }

  /** Who has the replica open. */
  record GetState(NamespaceId namespace) implements HandleAction<ReplicaState> {
    @Override
    public Work<ReplicaState> begin(ActorContext context) {
      return Work.done(context.replica(namespace).state());
    }
  }

  /** Sets whether the replica is synced, and notes it for the next start. */
  record SetSync(NamespaceId namespace, boolean sync) implements HandleAction<Boolean> {
    @Override
    public Work<Boolean> begin(ActorContext context) {
      context.capability(namespace);
      context.writer().putSyncing(namespace, sync);
      context.replicas().setSync(namespace, sync);
      return Work.done(sync);
    }
  }

  /** Tells a subscriber of every entry that is stored from now on. */
  record Subscribe(NamespaceId namespace, Consumer<ReplicaEvent> subscriber) implements HandleAction<Boolean> {
    @Override
    public Work<Boolean> begin(ActorContext context) {
      return Work.done(context.replica(namespace).subscribe(subscriber));
    }
  }

  /** Ends a subscription; answers whether there was one. */
  record Unsubscribe(NamespaceId namespace, Consumer<ReplicaEvent> subscriber) implements HandleAction<Boolean> {
    @Override
    public Work<Boolean> begin(ActorContext context) {
      return Work.done(context.replica(namespace).unsubscribe(subscriber));
    }
  }

  /** What the node may do with the replica. */
  record GetCapability(NamespaceId namespace) implements HandleAction<Capability> {
    @Override
    public Work<Capability> begin(ActorContext context) {
      return Work.done(context.capability(namespace));
    }
  }

  /** Gives the secret of the document out. */
  record ExportSecretKey(NamespaceId namespace) implements HandleAction<NamespaceSecret> {
    @Override
    public Work<NamespaceSecret> begin(ActorContext context) {
      if (context.capability(namespace) instanceof Capability.Write write) {
        return Work.done(write.secret());
      }
      throw new ReadOnlyReplicaException(
          "the document " + namespace.shortText() + " is held with the right to read only");
    }
  }

  /** Closes and removes the replica. */
  record DropReplica(NamespaceId namespace) implements HandleAction<NamespaceId> {
    @Override
    public Work<NamespaceId> begin(ActorContext context) {
      context.capability(namespace);
      return new Dropping(context, namespace);
    }

    @Override
    public boolean durable() {
      return true;
    }
  }

  /** Does nothing; before it, what was unfinished when the store was last closed or killed is finished. */
  record Finish(NamespaceId namespace) implements HandleAction<NamespaceId> {
    @Override
    public Work<NamespaceId> begin(ActorContext context) {
      return Work.done(namespace);
    }
  }

  /** The removal of a replica. */
  record Dropping(ActorContext context, NamespaceId result) implements Work<NamespaceId> {
    @Override
    public boolean advance(Slice slice) {
      return context.drop(result, slice);
    }
  }
}
