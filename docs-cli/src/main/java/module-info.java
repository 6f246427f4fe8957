import org.jspecify.annotations.NullMarked;

/** The docs command: every module, picked and mixed. */
@NullMarked
module org.docs4j.cli {
  requires info.picocli;
  requires java.logging;
  // The signals that end a process, reached by reflection.
  requires jdk.unsupported;
  requires me.tongfei.progressbar;
  requires org.docs4j.api;
  requires org.docs4j.blobs;
  requires org.docs4j.engine;
  requires org.docs4j.gossip;
  requires org.docs4j.store.lmdb;
  requires org.docs4j.store.rocksdb;
  requires org.docs4j.transport.quic;

  opens org.docs4j.cli.command to
      info.picocli;
  opens org.docs4j.cli.demo to
      info.picocli;
}
